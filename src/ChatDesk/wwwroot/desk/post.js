// @ts-check
// Orders of an officer that must not depend on the live line: plain posts, each with the antiforgery token of the page.

/** @param {string} url @param {unknown} body @returns {Promise<{ status: number, body: any }>} status 0: nothing came back */
export async function post(url, body) {
  const token = document.querySelector("meta[name=antiforgery]")?.getAttribute("content") ?? "";
  try {
    const file = body instanceof Blob;
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": file ? "application/octet-stream" : "application/json", RequestVerificationToken: token },
      body: file ? body : JSON.stringify(body),
      credentials: "same-origin",
      redirect: "manual",
    });
    // A redirect can only be the one to the sign-in page.
    if (response.type === "opaqueredirect") return { status: 401, body: {} };
    const answer = await response.json().catch(() => ({}));
    return { status: response.status, body: answer };
  } catch {
    return { status: 0, body: {} };
  }
}
