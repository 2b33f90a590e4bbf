// What a picker hears and feels without looking: a short high tone for right, a long low one with a shake for wrong.
import { store } from '../client/store.ts'

const STORED = 'tradewright.handheld.sound'

/** 'yes' or 'no'; kept on the device. */
export const sound = store(localStorage.getItem(STORED) ?? 'yes')

export function setSound(on: boolean): void {
  localStorage.setItem(STORED, on ? 'yes' : 'no')
  sound.set(on ? 'yes' : 'no')
}

let audio: AudioContext | undefined

function tone(hertz: number, seconds: number, shape: OscillatorType): void {
  if (sound.get() !== 'yes') return
  try {
    audio ??= new AudioContext()
    // A browser keeps sound back until somebody has touched the page.
    if (audio.state === 'suspended') void audio.resume()
    const source = audio.createOscillator()
    const volume = audio.createGain()
    source.type = shape
    source.frequency.value = hertz
    volume.gain.setValueAtTime(0.2, audio.currentTime)
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + seconds)
    source.connect(volume).connect(audio.destination)
    source.start()
    source.stop(audio.currentTime + seconds)
  } catch {
    // A device without sound still has the screen and the shake.
  }
}

export function right(): void {
  tone(1_320, 0.12, 'sine')
  navigator.vibrate?.(40)
}

export function wrong(): void {
  tone(196, 0.55, 'square')
  navigator.vibrate?.([220, 90, 220])
}
