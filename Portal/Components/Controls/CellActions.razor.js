// What can be done with the value of the cell below the pointer. Who has no pointer has the filters beside the rows.

const fields = ['verb', 'status', 'resource', 'ns', 'name', 'user', 'cluster', 'kind', 'sa', 'caller', 'ip', 'client', 'ua', 'class', 'method', 'group', 'version', 'sub', 'audit', 'trace', 'span'];

export class CellActions {
  #frame;
  #bar;
  #filter;
  #end = new AbortController();
  #cell = null;

  // filter(field, value, excluded)
  constructor(frame, filter) {
    this.#frame = frame;
    this.#bar = frame.querySelector('.cell-actions');
    this.#filter = filter;
    const on = (target, kind, handle) => target.addEventListener(kind, handle, { signal: this.#end.signal, passive: true });
    on(frame, 'mouseover', event => this.#over(event));
    on(frame, 'mouseleave', () => this.#hide());
    on(frame, 'scroll', () => this.#hide());
    on(frame, 'keydown', () => this.#hide());
    on(this.#bar, 'click', event => this.#act(event.target.closest('button')?.dataset.act));
  }

  dispose() {
    this.#end.abort();
  }

  #over(event) {
    if (this.#bar.contains(event.target)) {
      return;
    }

    const cell = event.target.closest('.batch [role=gridcell]');
    const field = cell && fields.find(name => cell.classList.contains(name));
    const value = field ? valueOf(field, cell) : '';
    if (!value) {
      this.#hide();
      return;
    }

    this.#cell = { field, value };
    this.#bar.hidden = false;
    const [box, frame] = [cell.getBoundingClientRect(), this.#frame.getBoundingClientRect()];
    this.#bar.style.top = `${box.top - frame.top + this.#frame.scrollTop + (box.height - this.#bar.offsetHeight) / 2}px`;
    // What the cell says can still be read: over a narrow one it stands across the next.
    const over = Math.min(this.#bar.offsetWidth, box.width * 0.4);
    this.#bar.style.left = `${Math.min(box.right - frame.left - over, this.#frame.clientWidth - this.#bar.offsetWidth) + this.#frame.scrollLeft}px`;
  }

  #hide() {
    this.#cell = null;
    this.#bar.hidden = true;
  }

  #act(act) {
    if (!act || !this.#cell) {
      return;
    }

    const { field, value } = this.#cell;
    this.#hide();
    if (act === 'copy') {
      navigator.clipboard.writeText(value);
    } else {
      this.#filter(field, value, act === 'exclude');
    }
  }
}

// As the query language names it; nothing where the cell shows a path, or spells characters out.
function valueOf(field, cell) {
  if (cell.classList.contains('path') || cell.querySelector('.ctl, .redacted')) {
    return '';
  }

  const text = part => part?.textContent.slice(1) ?? '';
  if (field === 'resource') {
    return `${cell.firstChild.textContent}.${text(cell.querySelector('.group')) || 'core'}${cell.querySelector('.sub')?.textContent ?? ''}`;
  }

  const glyph = cell.querySelector('.glyph')?.textContent ?? '';
  return cell.textContent.slice(glyph.length).trim();
}
