// @ts-check
// Files on their way to a contact. A picture is drawn anew here: small enough that LINE shows it (over 1 MB it would arrive
// without a preview), and without the place where it was taken, which a phone writes into it.

import { post } from "./post.js";

const largestPicture = 1_000_000;
const sides = [2048, 1440, 1024, 720];

/** @typedef {{ file: string, name: string, size: number }} Attached */

/** @param {string} url @param {File} file @returns {Promise<{ attached?: Attached, why?: string }>} without either: it did not get through */
export async function attach(url, file) {
  const fitting = await fit(file);
  const answer = await post(`${url}?name=${encodeURIComponent(fitting.name)}`, fitting);
  return answer.status === 200 ? { attached: answer.body } : { why: answer.body.why };
}

/** @param {File} file */
async function fit(file) {
  const isPicture = ["image/jpeg", "image/png", "image/webp"].includes(file.type);
  if (!isPicture || (file.type === "image/png" && file.size <= largestPicture)) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  for (const side of picture ? sides : []) {
    const drawn = await draw(/** @type {ImageBitmap} */ (picture), side);
    if (drawn && drawn.size <= largestPicture) return new File([drawn], file.name.replace(/\.\w+$/u, "") + ".jpg", { type: drawn.type });
  }
  return file;
}

/** @param {ImageBitmap} picture @param {number} side @returns {Promise<Blob | null>} */
function draw(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise(resolve => canvas.toBlob(resolve, "image/jpeg", 0.85));
}
