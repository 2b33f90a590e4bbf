// Every no that company knows, as the person reads it.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  RATE_MISSING:
    'There is no exchange rate from {currency} to {home} for {day} or the {days} days before it. Record one first.',
})
