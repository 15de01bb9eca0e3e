// A place as the way to it: from the site down, each a link.

import { Fragment } from 'react'
import { Link } from 'react-router'

export function PlacePath({ at }: { at: { path: string[]; pathNames: string[] } }) {
  return (
    <span className="place-path">
      {at.path.map((code, index) => (
        <Fragment key={code}>
          {index > 0 && <span aria-hidden="true"> › </span>}
          <Link to={`/store/${code}`}>{at.pathNames[index] ?? code}</Link>
        </Fragment>
      ))}
    </span>
  )
}
