// Chips beside the words of a report: pressing one puts its code where the cursor stands.
(() => {
  const field = document.querySelector("[data-insert-here]");
  if (!field) return;
  document.querySelectorAll("[data-insert]").forEach((chip) => chip.addEventListener("click", () => {
    field.setRangeText(chip.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }));
})();
