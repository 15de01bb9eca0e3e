// Whether somebody is there: a board that refreshes itself must not keep a session awake.

const attendedMs = 60_000

let lastTouch = performance.now()

for (const sign of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
  globalThis.addEventListener?.(
    sign,
    () => {
      lastTouch = performance.now()
    },
    { passive: true, capture: true },
  )

/** A hand was on the page within the last minute. */
export const isAttended = (): boolean => performance.now() - lastTouch < attendedMs
