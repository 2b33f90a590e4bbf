// What a route is: where, who may, what goes in, and what it does. One list of these feeds router, OpenAPI and checks.

import type { Readable } from 'node:stream'
import type { TObject } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import type { Access, SignedIn } from '#kernel/access'
import type { Context } from '#kernel/context'
import type { Kernel } from '#kernel/kernel'
import type { JsonSchema } from './components.ts'

/**
 * Who gets through. 'public': anybody, and only what PUBLIC_ROUTES lists. 'signed-in': whoever is signed in, about
 * himself. 'in-company': whoever works in the company named. 'may': who holds the permission in that company.
 */
export type Needs =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'in-company' }
  | { readonly kind: 'may'; readonly permission: string }

/** What a handler gets. Input has passed the route's schemas. */
export type Call = {
  readonly kernel: Kernel
  readonly access: Access
  readonly now: Date
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
  /** The body of a route that takes a file, not yet read; undefined when something else was sent. */
  readonly file: Readable | undefined
  readonly ip: string
  readonly reply: FastifyReply
  /** Who asks. Throws on a public route. */
  who(): SignedIn
  /** The company, the day and the person. Throws on a route without a company. */
  context(): Context
}

export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** With parameters as `:id`. */
  readonly url: string
  /** The operation's name, unique in the product: `sales.order.confirm`. */
  readonly operation: string
  readonly tag: string
  readonly summary: string
  readonly needs: Needs
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TObject
  /** The body is a file as it is, application/octet-stream, which the handler reads itself and whose size it limits. */
  readonly file?: true
  /** The JSON of a 200 answer, for clients; what goes out is not checked against it at run time, but by a test. */
  readonly answer?: JsonSchema
  /** What a 200 answer is made of, when it is not plain JSON. */
  readonly produces?: string
  /** 'strict' counts attempts by address, for what can be guessed. */
  readonly limit?: 'strict'
  /** False for a POST that asks and changes nothing. */
  readonly changes?: boolean
  handle(call: Call): Promise<unknown> | unknown
}

export const anybody: Needs = { kind: 'public' }
export const signedIn: Needs = { kind: 'signed-in' }
export const inCompany: Needs = { kind: 'in-company' }
export const holder = (permission: string): Needs => ({ kind: 'may', permission })
