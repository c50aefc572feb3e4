// Options at the caret of the query. Keys and clicks act here; the server is asked for options only, when the typing rests.

const rest = 120;

export function attach(form, server) {
  return new Completer(form, server);
}

class Completer {
  #input;
  #list;
  #server;
  #end = new AbortController();
  #timer = 0;
  #asked = 0;
  #completion = null;
  #active = -1;

  constructor(form, server) {
    this.#input = form.querySelector('#query');
    this.#list = form.querySelector('#query-options');
    this.#server = server;
    const on = (target, kind, handle) => target.addEventListener(kind, handle, { signal: this.#end.signal });
    on(this.#input, 'input', () => this.#later());
    on(this.#input, 'click', () => this.#completion && this.#later());
    on(this.#input, 'blur', () => this.#close());
    on(this.#input, 'keydown', event => this.#key(event));
    on(form, 'submit', () => this.#close());
    // The field keeps the focus.
    on(this.#list, 'mousedown', event => event.preventDefault());
    on(this.#list, 'click', event => {
      const option = event.target.closest('[role=option]');
      if (option) {
        this.#take([...this.#list.children].indexOf(option));
      }
    });
  }

  dispose() {
    clearTimeout(this.#timer);
    this.#end.abort();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#isInWord ? this.#ask() : this.#close(), rest);
  }

  // Between words options come by Ctrl+Space only: most that are written are none of the usual.
  get #isInWord() {
    return /[^\s(-]$/.test(this.#input.value.slice(0, this.#input.selectionStart));
  }

  async #ask() {
    const asked = ++this.#asked;
    const [text, caret] = [this.#input.value, this.#input.selectionStart];
    const completion = await this.#server.invokeMethodAsync('CompleteAsync', text, caret);
    // Something was typed since, or the field was left.
    if (asked !== this.#asked || text !== this.#input.value || document.activeElement !== this.#input) {
      return;
    }

    this.#show(completion);
  }

  #show(completion) {
    this.#completion = completion;
    this.#active = -1;
    this.#list.replaceChildren(...(completion?.options ?? []).map((option, i) => {
      const item = document.createElement('li');
      item.id = `query-option-${i}`;
      item.role = 'option';
      item.ariaSelected = 'false';
      const [label, about] = [document.createElement('span'), document.createElement('small')];
      label.textContent = option.label;
      about.textContent = option.about;
      item.append(label, about);
      return item;
    }));
    this.#list.hidden = !completion;
    this.#input.ariaExpanded = completion ? 'true' : 'false';
    this.#input.removeAttribute('aria-activedescendant');
    if (completion) {
      this.#place(completion.start);
    }
  }

  // Below the word: the field's letters are all of one width.
  #place(start) {
    const letter = document.createElement('canvas').getContext('2d');
    letter.font = getComputedStyle(this.#input).font;
    const left = this.#input.offsetLeft + letter.measureText(this.#input.value.slice(0, start)).width - this.#input.scrollLeft;
    const room = this.#list.parentElement.clientWidth - this.#list.offsetWidth;
    this.#list.style.left = `${Math.max(0, Math.min(left - 10, room))}px`;
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked++;
    this.#show(null);
  }

  #key(event) {
    if (event.ctrlKey && event.key === ' ') {
      event.preventDefault();
      this.#ask();
      return;
    }

    const count = this.#completion?.options.length ?? 0;
    if (count === 0 || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.#mark(this.#active < 0 ? (step > 0 ? 0 : count - 1) : (this.#active + step + count) % count);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && this.#active >= 0) {
      event.preventDefault();
      this.#take(this.#active);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.#close();
    }
  }

  #mark(active) {
    this.#active = active;
    [...this.#list.children].forEach((item, i) => { item.ariaSelected = i === active ? 'true' : 'false'; });
    this.#input.setAttribute('aria-activedescendant', `query-option-${active}`);
    this.#list.children[active].scrollIntoView({ block: 'nearest' });
  }

  #take(index) {
    const { start, end, closes, options } = this.#completion;
    const { value } = this.#input;
    const text = options[index].text + (closes && value[end] !== ' ' ? ' ' : '');
    this.#close();
    this.#input.focus();
    // What the browser itself types can be undone.
    this.#input.setSelectionRange(start, end);
    document.execCommand('insertText', false, text);
  }
}
