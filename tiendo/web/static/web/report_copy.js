// "Chép": puts a block of text on the clipboard. Without scripts the block is selected and copied by hand.
(() => {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      button.firstChild.textContent = button.dataset.done;
    });
  });
})();
