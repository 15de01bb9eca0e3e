// What browsers are told about safety on every answer.

import { randomBytes } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'

const mayUse = ['camera=(self)', 'publickey-credentials-get=(self)', 'publickey-credentials-create=(self)']
const mayNot = [
  'accelerometer',
  'autoplay',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
const permissions = [...mayUse, ...mayNot.map((name) => `${name}=()`)].join(', ')

/** The nonce with which the page may add styles: the component library writes its styles into the page. */
export const nonceOf = (response: Response): string => response.locals.nonce as string

export function securityHeaders(publicUrl: string): RequestHandler[] {
  const secure = publicUrl.startsWith('https:')
  return [
    (_request, response, next) => {
      response.locals.nonce = randomBytes(16).toString('base64')
      response.setHeader('Permissions-Policy', permissions)
      next()
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
          workerSrc: ["'self'"],
          connectSrc: ["'self'"],
          imgSrc: ["'self'", 'blob:', 'data:'],
          mediaSrc: ["'self'", 'blob:'],
          styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as Response)}'`],
          fontSrc: ["'self'"],
          manifestSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      frameguard: { action: 'deny' },
      strictTransportSecurity: secure && { maxAge: 31_536_000, includeSubDomains: false },
      // Only an origin that is safe by itself has these; elsewhere browsers complain.
      crossOriginOpenerPolicy: secure && { policy: 'same-origin' },
      originAgentCluster: secure,
    }),
  ]
}
