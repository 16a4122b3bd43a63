/* Printing and sharing, and downloads that lie open where there is room for them. Without this script the PDFs are there. */
"use strict";

/* The address that others can open: that of this page, or, from a disk, the one that the website will have. */
function sharedAddress() {
  const known = document.querySelector('link[rel="canonical"]');
  return /^https?:$/.test(location.protocol) ? location.origin + location.pathname : known ? known.href : "";
}

function sharing(dialog) {
  const part = (name) => dialog.querySelector(`[data-share="${name}"]`);
  const field = document.getElementById("share-address");
  const said = dialog.querySelector(".share-said");
  const code = dialog.querySelector(".share-code");
  const address = sharedAddress();
  const { title, copied, select } = dialog.dataset;
  field.value = address;
  dialog.querySelector(".share-none").hidden = Boolean(address);
  dialog.querySelector(".share-ways").hidden = !address;
  part("mail").href = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\n${address}`)}`;
  part("app").parentElement.hidden = !navigator.share;
  part("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = copied;
    } catch (error) {  // not allowed, or no secure address
      field.select();
      said.textContent = select;
    }
  });
  part("app").addEventListener("click", () => navigator.share({ title, url: address }).catch(() => {}));
  part("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return () => {
    said.textContent = "";
    if (address && !code.querySelector("svg")) {
      const drawn = qrPicture(address);
      if (drawn) code.prepend(drawn);
      code.hidden = !drawn;
    }
    dialog.showModal();
    dialog.querySelector("h2").focus();
  };
}

const shareDialog = document.getElementById("share");
if (shareDialog) {
  const share = sharing(shareDialog);
  document.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (!tool) return;
    if (tool.dataset.tool === "print") print();
    if (tool.dataset.tool === "share") share();
  });
}

const roomBeside = matchMedia("(min-width: 62rem)");
function openFolds() {
  if (roomBeside.matches) document.querySelectorAll(".beside .fold").forEach((fold) => { fold.open = true; });
}
openFolds();
roomBeside.addEventListener("change", openFolds);
