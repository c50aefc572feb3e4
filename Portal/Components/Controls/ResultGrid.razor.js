// Owns the rows once the server has sent them: one listener for all, no round trip per key.
// The module is here before the rows are, so what is done to a row before its grid is attached waits for the grid.

import { CellActions } from './CellActions.razor.js';

let grid = null;
const early = [];

for (const kind of ['click', 'auxclick', 'keydown']) {
  document.addEventListener(kind, event => {
    if (grid) {
      grid.handle(event);
    } else if (event.target.closest?.('.batch .row')) {
      early.push(event);
    }
  });
}

export function attach(frame, server, tellsOfScrolling, filters) {
  grid = new Grid(frame, server, filters);
  if (tellsOfScrolling) {
    grid.tellOfScrolling();
  }

  for (const event of early.splice(0)) {
    grid.handle(event);
  }

  return grid;
}

class Grid {
  #frame;
  #server;
  #actions;

  constructor(frame, server, filters) {
    this.#frame = frame;
    this.#server = server;
    this.#actions = filters ? new CellActions(frame, (field, value, excluded) => server.invokeMethodAsync('FilterAsync', field, value, excluded)) : null;
    this.#rove();
  }

  handle(event) {
    if (event.type === 'keydown') {
      this.#key(event);
    } else if (this.#frame.contains(event.target)) {
      this.#click(event);
    }
  }

  // Once for each time that the first row is left behind.
  tellOfScrolling() {
    let isAway = false;
    this.#frame.addEventListener('scroll', () => {
      const wasAway = isAway;
      isAway = this.#frame.scrollTop > 0;
      if (isAway && !wasAway) {
        this.#server.invokeMethodAsync('ScrolledAsync');
      }
    }, { passive: true });
  }

  // The row of this id is the marked one; without it the first row takes the keyboard.
  select(id) {
    for (const row of this.#frame.querySelectorAll('.batch .row[aria-selected=true]')) {
      row.setAttribute('aria-selected', 'false');
    }

    const row = id ? this.#row(id) : null;
    row?.setAttribute('aria-selected', 'true');
    row?.scrollIntoView({ block: 'nearest' });
    this.#rove(row);
  }

  focus(id) {
    (this.#row(id) ?? this.#frame.querySelector('.batch .row'))?.focus();
  }

  dispose() {
    this.#actions?.dispose();
    grid = grid === this ? null : grid;
  }

  #row(id) {
    return this.#frame.querySelector(`.row[data-id="${CSS.escape(id)}"]`);
  }

  // Exactly one row is in the tab order.
  #rove(row) {
    const next = row ?? this.#frame.querySelector('.batch .row[tabindex="0"]') ?? this.#frame.querySelector('.batch .row');
    for (const old of this.#frame.querySelectorAll('.batch .row[tabindex="0"]')) {
      old.tabIndex = -1;
    }

    if (next) {
      next.tabIndex = 0;
    }
  }

  #click(event) {
    const row = event.target.closest('.batch .row');
    if (!row || !getSelection().isCollapsed) {
      return;
    }

    if (event.ctrlKey || event.metaKey || event.button === 1) {
      window.open(`/calls/${encodeURIComponent(row.dataset.id)}`, '_blank', 'noopener');
      return;
    }

    if (event.button === 0) {
      this.#rove(row);
      row.focus({ preventScroll: true });
      this.#server.invokeMethodAsync('OpenRowAsync', row.dataset.id, false);
    }
  }

  #key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    const target = event.target;
    const inRows = target.closest?.('.batch .row') && this.#frame.contains(target);
    // j and k work from anywhere on the page but fields and dialogs, unless single keys are switched off; the rest only on a row.
    const free = document.documentElement.dataset.shortcuts === 'on' && !target.closest?.('input, textarea, select, [role=dialog], [role=menu], [role=tablist]') && !document.querySelector('[role=dialog]');
    if (!inRows && !(free && (event.key === 'j' || event.key === 'k'))) {
      return;
    }

    const rows = [...this.#frame.querySelectorAll('.batch .row')];
    const current = inRows ? target.closest('.row') : null;
    const at = current ? rows.indexOf(current) : rows.findIndex(row => row.tabIndex === 0) - (event.key === 'j' ? 1 : -1);
    const page = Math.max(1, Math.floor(this.#frame.clientHeight / (rows[0]?.offsetHeight || 28)) - 2);
    const to = {
      ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1,
      PageDown: at + page, PageUp: at - page, Home: 0, End: rows.length - 1,
    }[event.key];

    if (to !== undefined && rows.length > 0) {
      event.preventDefault();
      const next = rows[Math.min(rows.length - 1, Math.max(0, to))];
      this.#rove(next);
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: 'nearest' });
    } else if (current && event.key === 'Enter') {
      event.preventDefault();
      this.#server.invokeMethodAsync('OpenRowAsync', current.dataset.id, true);
    } else if (current && event.key === 'o') {
      event.preventDefault();
      this.#server.invokeMethodAsync('OpenRowPageAsync', current.dataset.id);
    }
  }
}
