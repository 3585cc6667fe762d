/** Shows what the form sends, where a shop would send it. @module */

const form = /** @type {HTMLFormElement} */ (document.getElementById('listing'));
const sent = /** @type {HTMLElement} */ (document.getElementById('sent'));
const parts = /** @type {HTMLElement} */ (document.getElementById('parts'));

form.addEventListener('submit', (event) => {
  event.preventDefault();
  clear();
  for (const [name, value] of new FormData(form)) parts.append(line(name, value));
  sent.hidden = false;
  sent.focus();
  sent.scrollIntoView({ block: 'nearest' });
});

form.addEventListener('reset', () => {
  clear();
  sent.hidden = true;
});

function clear() {
  for (const image of parts.querySelectorAll('img')) URL.revokeObjectURL(image.src);
  parts.replaceChildren();
}

/**
 * @param {string} name
 * @param {FormDataEntryValue} value
 */
function line(name, value) {
  const item = document.createElement('li');
  const label = document.createElement('b');
  label.textContent = name;
  item.append(label, value instanceof File ? `${value.name}, ${Math.ceil(value.size / 1000)} kB` : value);
  if (value instanceof File) {
    const image = new Image();
    image.src = URL.createObjectURL(value);
    image.alt = '';
    item.prepend(image);
  }
  return item;
}
