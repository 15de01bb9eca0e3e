// Flat drawings of things, each inside 600 × 460 units around the origin, in the colour of the thing. No letters in them.

const dark = '#1f2328'
const steel = '#aeb6bf'
const glass = '#33414f'

const rect = (x: number, y: number, width: number, height: number, fill: string, round = 0) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}"/>`
const round = (x: number, y: number, radius: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`
const ring = (x: number, y: number, radius: number, stroke: string, width: number) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${stroke}" stroke-width="${width}"/>`
const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`
const line = (d: string, stroke: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
const many = (count: number, draw: (n: number) => string) => Array.from({ length: count }, (_, n) => draw(n)).join('')
const wheel = (x: number, y: number, radius: number) => round(x, y, radius, dark) + round(x, y, radius * 0.55, steel)

/** By the name that tables of things use. */
export const drawings: Record<string, (colour: string) => string> = {
  phone: (c) =>
    rect(-105, -220, 210, 440, c, 28) +
    rect(-92, -190, 184, 370, glass, 8) +
    round(0, -205, 5, steel) +
    rect(-40, 192, 80, 10, steel, 5),
  laptop: (c) =>
    rect(-250, -190, 500, 300, c, 14) +
    rect(-230, -172, 460, 262, glass) +
    path('M-300 130h600l-30 60h-540z', c) +
    path('M-60 140h120l8 26h-136z', steel),
  computer: (c) =>
    rect(-130, -220, 260, 440, c, 10) +
    rect(-100, -190, 200, 40, glass) +
    rect(-100, -136, 200, 18, dark) +
    round(0, -60, 22, steel) +
    many(7, (n) => rect(-90, 40 + n * 20, 180, 8, dark)),
  disk: (c) =>
    rect(-200, -140, 400, 280, c, 18) +
    round(-40, 0, 105, steel) +
    round(-40, 0, 26, dark) +
    line('M150 90L20 20', dark, 16) +
    round(150, 90, 24, dark),
  stick: (c) =>
    rect(-170, -50, 240, 100, c, 18) +
    rect(70, -36, 110, 72, steel) +
    rect(100, -18, 22, 14, dark) +
    rect(140, -18, 22, 14, dark),
  cards: (c) =>
    many(3, (n) => `<g transform="rotate(${n * 9 - 9})">${rect(-200, -125, 400, 250, n === 2 ? c : steel, 22)}</g>`) +
    rect(-160, -50, 70, 54, '#d9b44a', 8) +
    rect(-160, 60, 240, 16, '#ffffffaa'),
  sims: (c) =>
    many(12, (n) => {
      const x = (n % 4) * 130 - 250
      const y = Math.floor(n / 4) * 140 - 200
      return path(`M${x} ${y}h80l26 26v80h-106z`, c) + rect(x + 24, y + 40, 50, 44, '#d9b44a', 6)
    }),
  gateway: (c) =>
    rect(-280, -90, 560, 200, c, 10) +
    many(16, (n) => rect(-262 + n * 33, 40, 22, 40, dark)) +
    many(8, (n) => line(`M${-240 + n * 68} -90v-110`, dark, 10)) +
    many(6, (n) => round(-250 + n * 30, -40, 8, '#4ade80')),
  notes: (c) =>
    many(
      4,
      (n) =>
        `<g transform="translate(${n * 14 - 20} ${n * -26 + 40})">${rect(-230, -100, 460, 210, n === 3 ? c : '#f1d5d3', 4)}${rect(-214, -84, 428, 178, '#ffffff33', 4)}</g>`,
    ) +
    round(112, -38, 62, '#ffffff66') +
    rect(-60, -138, 90, 210, '#f5f0dd'),
  bags: (c) =>
    many(
      4,
      (n) =>
        `<g transform="translate(${(n % 2) * 250 - 125} ${Math.floor(n / 2) * 220 - 110})">${rect(-95, -90, 190, 180, '#ffffffcc', 8)}${rect(-95, -90, 190, 22, '#4b8bd8')}${path('M-70 74q10-90 70-86t70 86z', c)}</g>`,
    ),
  pills: (c) =>
    rect(-220, -170, 440, 340, '#ffffffbb', 12) +
    rect(-220, -170, 440, 34, '#4b8bd8') +
    many(24, (n) => round((n % 6) * 62 - 155, Math.floor(n / 6) * 66 - 70, 20, c)),
  scales: (c) =>
    rect(-200, -40, 400, 190, c, 16) + rect(-180, -86, 360, 40, steel, 12) + rect(-110, 40, 220, 64, '#b9d7a8', 6),
  pistol: (c) =>
    path('M-250-110h470v78h-120l-34 40h-40l40 190h-150l-40-190h-126z', c) +
    rect(-240, -100, 440, 14, steel) +
    line('M84 8q-10 70-80 60', dark, 12),
  rifle: (c) =>
    path('M-300-30h180v34h-180z', '#7a4f2a') +
    path('M-300-40l150 12v60l-140 60z', '#7a4f2a') +
    rect(-150, -34, 200, 44, c, 6) +
    rect(40, -26, 260, 14, c) +
    rect(30, -6, 130, 18, '#7a4f2a', 6) +
    line('M-70 12q8 44-34 44', c, 10),
  cartridges: (c) =>
    many(10, (n) => {
      const x = (n % 5) * 112 - 245
      const y = Math.floor(n / 5) * 220 - 190
      return (
        path(`M${x} ${y + 60}q22-70 44 0z`, '#a8653a') +
        rect(x, y + 60, 44, 100, c, 4) +
        rect(x - 4, y + 156, 52, 14, c)
      )
    }),
  can: (c) =>
    path('M-150-120l60-70h190l50 50v360h-300z', c) +
    rect(-60, -236, 80, 50, dark, 6) +
    line('M-100-40l200 200M100-40l-200 200', '#ffffff55', 18),
  carton: (c) =>
    path('M-240-90l90-90h400l-90 90z', '#d9b98a') +
    rect(-240, -90, 400, 290, c) +
    path('M160-90l90-90v280l-90 100z', '#a9814d') +
    rect(-70, -90, 60, 290, '#e8d9b8') +
    rect(-210, 120, 110, 50, '#ffffff88'),
  bottle: (c) =>
    path('M-34-220h68v90q70 40 70 130v200h-208v-200q0-90 70-130z', c) +
    rect(-90, 20, 180, 120, '#f3ead2') +
    rect(-38, -236, 76, 30, '#b91c1c', 4) +
    rect(-60, 60, 120, 14, '#b91c1c'),
  necklace: (c) => ring(0, -60, 150, c, 14) + path('M0 90l46 60-46 70-46-70z', c) + round(0, 150, 16, '#ffffff88'),
  ringlet: (c) =>
    ring(0, 50, 120, c, 30) + path('M-54-96l54-70 54 70-54 46z', '#dff3fb') + line('M-54-96h108', '#9cc7d8', 6),
  bangle: (c) => ring(0, 0, 160, c, 46) + ring(0, 0, 172, '#ffffff55', 8),
  watch: (c) =>
    rect(-56, -230, 112, 460, c, 24) +
    round(0, 0, 124, steel) +
    round(0, 0, 100, '#f8fafc') +
    line('M0 0v-64M0 0l44 28', dark, 10) +
    rect(122, -14, 22, 28, steel),
  bars: (c) =>
    many(
      3,
      (n) =>
        path(`M${n * 150 - 250} ${60 - n * 60}l40-70h140l40 70v70h-220z`, c) +
        path(`M${n * 150 - 210} ${-10 - n * 60}h140l40 70h-220z`, '#ffffff44'),
    ),
  handbag: (c) => path('M-210-50h420l30 260h-480z', c) + ring(0, -50, 100, c, 20) + rect(-40, 0, 80, 60, '#d9b44a', 8),
  mirror: (c) =>
    round(0, 0, 200, c) +
    ring(0, 0, 160, '#00000033', 10) +
    ring(0, 0, 110, '#ffffff33', 8) +
    round(0, 0, 34, '#00000044') +
    many(8, (n) => `<g transform="rotate(${n * 45})">${rect(-12, -140, 24, 40, '#ffffff22', 8)}</g>`),
  jar: (c) =>
    path('M-70-210h140v40q130 60 130 190t-110 190h-180q-110-60-110-190t130-190z', c) +
    line('M-186-20q186 60 372 0M-170 60q170 50 340 0', '#00000033', 10),
  bowl: (c) =>
    path('M-240-60h480q-30 190-180 220h-120q-150-30-180-220z', c) +
    rect(-70, 150, 140, 34, c) +
    path('M-240-60q240 60 480 0-240-60-480 0z', '#ffffff55'),
  disc: (c) =>
    ring(0, 0, 130, c, 90) +
    ring(0, 0, 150, '#ffffff33', 10) +
    many(12, (n) => `<g transform="rotate(${n * 30})">${round(0, -130, 10, '#00000022')}</g>`),
  coins: (c) =>
    many(9, (n) => {
      const [x, y] = [(n % 3) * 170 - 170, Math.floor(n / 3) * 140 - 140]
      return round(x, y, 58, c) + rect(x - 16, y - 16, 32, 32, '#00000066')
    }),
  car: (c) =>
    path('M-290 60q0-70 70-80l60-90q10-20 40-20h190q30 0 50 22l66 86 70 18q34 8 34 60v34h-580z', c) +
    path('M-146-20l46-74h90v74zM6-20v-74h86l60 74z', glass) +
    wheel(-170, 96, 58) +
    wheel(180, 96, 58) +
    rect(250, 10, 36, 20, '#fde68a', 6),
  van: (c) =>
    path('M-290 90v-210q0-24 26-24h390q24 0 40 22l90 116q34 10 34 50v46z', c) +
    path('M120-110h40l66 90H120z', glass) +
    rect(-250, -110, 150, 80, glass, 8) +
    rect(-80, -110, 180, 80, glass, 8) +
    wheel(-180, 100, 58) +
    wheel(190, 100, 58),
  bike: (c) =>
    line('M-180 100l90-150h170l70 150M-90-50l60 150h110', c, 26) +
    line('M70-50l-20-90h-60M-110-80h70', dark, 18) +
    rect(-70, 20, 120, 66, dark, 10) +
    wheel(-180, 110, 82) +
    wheel(170, 110, 82),
  battery: (c) =>
    rect(-190, -110, 380, 260, c, 14) +
    rect(-150, -150, 70, 40, dark, 6) +
    rect(80, -150, 70, 40, dark, 6) +
    line('M-40 70l50-80h-30l40-70', '#fde047', 16),
  cutter: (c) =>
    line('M-250 150L40-30M-250 30L40-60', c, 30) +
    path('M30-70l150-70 60 20-130 90-80 10z', steel) +
    path('M30-20l160-20 50 40-160 20z', steel),
  bar: (c) => line('M-230 170L150-110q50-40 80 10', c, 30) + line('M230-100l30 40', c, 16),
  knife: (c) =>
    path('M-280 20l330-70q120-10 180 70l-510 40z', steel) +
    rect(-60, -26, 300, 84, c, 20) +
    round(0, 16, 10, steel) +
    round(150, 16, 10, steel),
  shirt: (c) =>
    path('M-90-200l-160 80 50 120 70-30v230h260v-230l70 30 50-120-160-80q-90 60-180 0z', c) +
    path('M-30 10q60-50 70 40t-60 60-10-100z', '#7f1d1d'),
  swabs: (c) =>
    many(
      4,
      (n) =>
        `<g transform="translate(${n * 120 - 180} 0)">${rect(-30, -190, 60, 380, '#ffffffcc', 26)}${rect(-30, -190, 60, 60, c, 10)}${line('M0-110v200', '#d6d3c4', 8)}${round(0, 110, 16, '#9f1239')}</g>`,
    ),
  tube: (c) =>
    rect(-60, -210, 120, 420, '#ffffffcc', 50) +
    rect(-66, -220, 132, 70, c, 12) +
    path('M-60 20h120v140q0 50-60 50t-60-50z', '#9f1239'),
  folder: (c) =>
    path('M-250-150h170l40 40h290v310h-500z', c) +
    rect(-220, -90, 440, 270, '#fffdf5') +
    many(7, (n) => rect(-190, -60 + n * 32, n % 3 === 2 ? 240 : 380, 10, '#c9c4b4')),
  paper: (c) =>
    rect(-170, -225, 340, 450, '#fffef8', 4) +
    many(9, (n) => rect(-130, -170 + n * 36, n % 4 === 3 ? 160 : 260, 10, '#bdb8aa')) +
    round(80, 150, 46, c) +
    round(80, 150, 34, '#fffef8'),
  book: (c) =>
    rect(-200, -210, 400, 420, c, 10) +
    rect(-200, -210, 50, 420, '#00000033', 10) +
    rect(-80, -140, 220, 90, '#fff8e1', 4) +
    rect(-50, -110, 160, 12, '#a8a29e'),
  wallet: (c) =>
    rect(-120, -200, 240, 400, c, 36) +
    rect(-80, -150, 160, 130, glass, 8) +
    round(-40, 80, 24, steel) +
    round(40, 80, 24, steel),
  plate: (c) =>
    rect(-240, -140, 480, 280, c, 16) +
    many(24, (n) => rect((n % 4) * 110 - 205, Math.floor(n / 4) * 40 - 115, 90, 18, '#00000044', 4)),
  fish: (c) =>
    rect(-260, -150, 520, 300, '#dbeafe', 12) +
    many(4, (n) => path(`M-220 ${n * 64 - 96}q150-50 320 0l70-28v56l-70-28q-170 50-320 0z`, c)),
  meat: (c) =>
    rect(-250, -160, 500, 320, '#e2e8f0', 12) +
    many(6, (n) => rect((n % 3) * 155 - 220, Math.floor(n / 3) * 140 - 130, 135, 120, c, 30)),
  table: (c) =>
    rect(-230, -230, 460, 460, '#7c5a3a', 16) +
    rect(-190, -190, 380, 380, c) +
    round(0, 0, 50, '#f5f5f4') +
    many(9, (n) => rect(-150 + n * 34, 130, 28, 44, '#fafaf9', 4)),
  chips: (c) =>
    many(5, (n) =>
      many(
        6,
        (k) => `<ellipse cx="${n * 116 - 232}" cy="${120 - k * 36}" rx="50" ry="22" fill="${k % 2 ? '#fafafa' : c}"/>`,
      ),
    ),
  machine: (c) =>
    rect(-250, -60, 500, 220, c, 14) +
    rect(-120, -200, 240, 150, steel, 10) +
    line('M120-130h120v80', dark, 18) +
    round(-170, 40, 30, '#dc2626') +
    round(-90, 40, 30, '#16a34a') +
    rect(20, 20, 180, 60, glass, 6),
  spade: (c) =>
    rect(-14, -230, 28, 300, '#8a6238') +
    path('M-50 60h100l-10 160q-40 30-80 0z', c) +
    line('M-50-225h100', '#8a6238', 24),
  detector: (c) =>
    line('M-200-190L90 120', c, 20) + ring(130, 150, 78, dark, 26) + rect(-240, -230, 110, 74, glass, 12),
  radio: (c) =>
    rect(-90, -110, 180, 330, c, 18) +
    line('M50-110v-120', dark, 22) +
    many(6, (n) => rect(-60, 80 + n * 20, 120, 8, dark)) +
    rect(-60, -70, 120, 70, '#b9d7a8', 6),
  camera: (c) =>
    rect(-230, -110, 460, 280, c, 24) +
    rect(-70, -160, 140, 60, c, 12) +
    round(0, 30, 112, dark) +
    round(0, 30, 74, glass) +
    round(-26, 6, 20, '#ffffff66') +
    round(170, -70, 18, '#dc2626'),
  counter: (c) =>
    rect(-240, -150, 480, 300, '#ffffffcc', 10) +
    rect(-240, -150, 480, 44, c) +
    rect(-200, -70, 240, 150, '#e7e5e4') +
    many(14, (n) => rect(80 + n * 9, -60, n % 3 ? 3 : 6, 110, dark)),
}
