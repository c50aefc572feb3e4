// What only the browser knows or can do, and the shortcuts of the whole program.

export function zone() {
  return document.documentElement.dataset.zone || ownZone();
}

export function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
}

export async function copy(text) {
  await navigator.clipboard.writeText(text);
}

export function valueOf(selector) {
  return document.querySelector(selector)?.value ?? '';
}

export function setValue(selector, value) {
  const field = document.querySelector(selector);
  if (field) {
    field.value = value;
  }
}

// A browser that keeps nothing chooses anew on each page.
const chosen = new Map();

export function recall(choice) {
  if (chosen.has(choice)) {
    return chosen.get(choice);
  }

  try {
    return JSON.parse(localStorage.getItem(`kubelens-${choice}`));
  } catch {
    return null;
  }
}

export function remember(choice, value) {
  chosen.set(choice, value);
  try {
    localStorage.setItem(`kubelens-${choice}`, JSON.stringify(value));
  } catch {
    // The choice holds as long as the page.
  }
}

// Whoever speaks to the computer, or has a hand that slips, can switch single keys off (WCAG 2.1.4).
export function useKeys(use) {
  remember('keys', use);
  showKeys();
}

function showKeys() {
  document.documentElement.dataset.shortcuts = recall('keys') === false ? 'off' : 'on';
}

export function isWide(pixels) {
  return window.innerWidth >= pixels;
}

// On this document at once, and on the next ones by the server.
export function choose(choices) {
  for (const [choice, value] of Object.entries(choices)) {
    document.documentElement.dataset[choice] = value;
    document.cookie = `kubelens-${choice}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
  }
}

export function focus(selector) {
  // What a pop-up shows is painted a little later than it is opened.
  const until = performance.now() + 2000;
  const attempt = () => {
    const target = document.querySelector(selector);
    if (target) {
      target.focus();
    } else if (performance.now() < until) {
      requestAnimationFrame(attempt);
    }
  };
  attempt();
}

// On a phone the rail is longer than the window is wide.
export function reveal(selector) {
  document.querySelector(selector)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

let started = false;

// After g the key of a page, after t that of a time: it is waited for no longer than this.
const leads = { g: 'go', t: 'time' };
const followsWithin = 1500;
let lead = '';
let leadUntil = 0;

// Whether the key was part of two that do something together.
function goes(event) {
  const waits = event.timeStamp < leadUntil ? lead : '';
  lead = waits ? '' : leads[event.key] ?? '';
  leadUntil = lead ? event.timeStamp + followsWithin : 0;
  const target = waits ? document.querySelector(`[data-${waits}="${CSS.escape(event.key)}"]`) : null;
  target?.click();
  return target || lead;
}

function isSwitchedOff(event) {
  return event.key.length === 1 && document.documentElement.dataset.shortcuts === 'off';
}

function isTyping(event) {
  return event.target.closest('input, textarea, select, [contenteditable]');
}

// An element with data-key is clicked (or focused, when it is a field) by that key. No round trip per key.
export function startShortcuts() {
  if (started) {
    return;
  }

  started = true;
  // A fragment alone would be a navigation to the base address.
  document.addEventListener('click', event => {
    if (event.target.closest?.('.skip')) {
      event.preventDefault();
      document.getElementById('main').focus();
    }
  });
  // Before whatever has the focus sees the key: after g, k is a page, and not the row above.
  document.addEventListener('keydown', event => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event) && !isSwitchedOff(event) && !document.querySelector('[role=dialog]') && goes(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    const close = [...document.querySelectorAll('[role=dialog] [data-close]')].at(-1);
    if (event.key === 'Escape' && close) {
      event.preventDefault();
      close.click();
      return;
    }

    const typing = isTyping(event);
    // Space presses whatever button has the focus.
    if (event.key === ' ' && event.target.closest('button, a, summary, [role=button], [role=menuitem], [role=tab]')) {
      return;
    }

    const inDialog = document.querySelector('[role=dialog]');
    if (inDialog || (typing && event.key !== 'Escape')) {
      return;
    }

    if (event.key === 'Escape' && typing) {
      typing.blur();
      return;
    }

    if (isSwitchedOff(event)) {
      return;
    }

    // What belongs to the row that has the focus.
    const near = event.target.closest?.('[data-row]')?.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`);
    const keyed = `[data-key="${CSS.escape(event.key)}"], [data-menu-key="${CSS.escape(event.key)}"] button`;
    const target = near ?? [...document.querySelectorAll(keyed)].find(e => e.checkVisibility());
    const tab = /^[1-7]$/.test(event.key) ? document.querySelectorAll('[role=tab]')[event.key - 1] : null;
    const found = target ?? tab;
    if (!found) {
      return;
    }

    event.preventDefault();
    if (found.matches('input')) {
      found.focus();
      found.select();
    } else {
      found.click();
    }
  });
  showKeys();
}
