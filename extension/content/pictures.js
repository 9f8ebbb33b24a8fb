/** Thumbnails: the picture of an attachment with what was seen drawn on it. */
const pictures = (() => {
  const WIDEST = 640;
  const PADDING = 0.004;

  /** @param {File} file */
  function isPicture(file) {
    return /^image\/(jpeg|png|webp|gif|bmp|avif)$/.test(file.type);
  }

  /**
   * Boxes are in pixels of the picture as displayed; createImageBitmap turns it so.
   * @param {File} file
   * @param {[number, number, number, number][]} boxes
   * @param {string} label read out in place of the picture
   * @param {Level} level
   * @returns {HTMLCanvasElement}
   */
  function thumbnail(file, boxes, label, level) {
    const canvas = surface.make('canvas', { role: 'img', 'aria-label': label, 'aria-busy': 'true', width: 320, height: 200 });
    draw(canvas, file, boxes, level).catch(() => canvas.remove());
    return canvas;
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {File} file
   * @param {[number, number, number, number][]} boxes
   * @param {Level} level
   */
  async function draw(canvas, file, boxes, level) {
    const whole = await createImageBitmap(file);
    const scale = Math.min(1, WIDEST / Math.max(whole.width, whole.height));
    canvas.width = Math.round(whole.width * scale);
    canvas.height = Math.round(whole.height * scale);
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    const spare = Math.max(canvas.width, canvas.height) * PADDING;
    canvas.removeAttribute('aria-busy');
    for (const [x, y, width, height] of boxes) {
      frame(pen, [x * scale - spare, y * scale - spare, width * scale + 2 * spare, height * scale + 2 * spare], level);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {[number, number, number, number]} box
   * @param {Level} level
   */
  function frame(pen, box, level) {
    const colour = level === 'stop' ? '#d92d20' : level === 'warn' ? '#c47a00' : '#2563a8';
    pen.fillStyle = `${colour}22`;
    pen.fillRect(...box);
    pen.lineWidth = 6;
    pen.strokeStyle = '#ffffffcc';
    pen.strokeRect(...box);
    pen.lineWidth = 3;
    pen.strokeStyle = colour;
    pen.strokeRect(...box);
  }

  return { isPicture, thumbnail };
})();
