// Semantic version numbers, as https://semver.org has them, without pre-release parts.
import type { TemplateFiles } from './template-object.ts'

const PATTERN = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/

/** The three numbers, or undefined for what is no version. */
export function versionParts(text: string): readonly [major: number, minor: number, patch: number] | undefined {
  const found = PATTERN.exec(text)
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined
}

/** The version after this one; what is no version is followed by 1.0.0. */
export function nextVersion(text: string, bump: 'major' | 'minor' | 'patch'): string {
  const parts = versionParts(text)
  if (!parts) return '1.0.0'
  const [major, minor, patch] = parts
  if (bump === 'major') return `${major + 1}.0.0`
  return bump === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`
}

/** The files of a template with another version in its manifest; everything else of them, comments too, stays. */
export const withVersion = (files: TemplateFiles, number: string): Record<string, string> => ({
  ...files,
  'template.yaml': (files['template.yaml'] ?? '').replace(/^(version:\s*)\S+/m, `$1${number}`),
})

/** Whether `one` comes after `other`; what is no version comes after nothing. */
export function isLater(one: string, other: string): boolean {
  const [a, b] = [versionParts(one), versionParts(other)]
  if (!a || !b) return false
  for (const at of [0, 1, 2] as const) if (a[at] !== b[at]) return a[at] > b[at]
  return false
}
