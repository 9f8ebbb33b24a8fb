/** A harmless stand-in for a photographed page: drawn here, with no document behind it. */

const WIDTH = 1200;
const HEIGHT = 1600;
const FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Noto Sans", Arial, sans-serif';

/**
 * @param {{ marking: string, title: string, line: string }} words
 * @returns {Promise<File>}
 */
export async function drawPage(words) {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser cannot draw');
  drawTable(pen);
  drawPaper(pen, words);
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.9); });
  if (!blob) throw new Error('this browser cannot draw');
  return new File([blob], 'page.jpg', { type: 'image/jpeg' });
}

/** @param {CanvasRenderingContext2D} pen */
function drawTable(pen) {
  const wood = pen.createLinearGradient(0, 0, WIDTH, HEIGHT);
  wood.addColorStop(0, '#8a6a4d');
  wood.addColorStop(1, '#5d442f');
  pen.fillStyle = wood;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {{ marking: string, title: string, line: string }} words
 */
function drawPaper(pen, { marking, title, line }) {
  pen.translate(WIDTH / 2, HEIGHT / 2);
  pen.rotate(0.02);
  pen.translate(-470, -680);
  Object.assign(pen, { fillStyle: '#f6f4ee', shadowColor: 'rgb(0 0 0 / 50%)', shadowBlur: 40 });
  pen.fillRect(0, 0, 940, 1360);
  pen.shadowBlur = 0;
  write(pen, marking, 80, 130, `700 52px ${FONT}`, '#c3161c');
  pen.fillStyle = '#c3161c';
  pen.fillRect(80, 180, 780, 5);
  write(pen, title, 80, 290, `700 42px ${FONT}`, '#1d1d1d');
  for (let row = 0; row < 12; row += 1) write(pen, line, 80, 380 + row * 74, `400 30px ${FONT}`, '#2b2b2b');
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} font
 * @param {string} colour
 */
function write(pen, text, x, y, font, colour) {
  Object.assign(pen, { font, fillStyle: colour });
  pen.fillText(text, x, y, 780);
}
