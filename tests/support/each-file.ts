// Vitest reads this before each test file.
import { afterAll } from 'vitest'
import { cleanUp } from './clean-up.ts'

afterAll(cleanUp, 120_000)
