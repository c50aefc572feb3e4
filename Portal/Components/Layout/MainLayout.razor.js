// What only the browser knows or can do, and the shortcuts of the whole program.

export function zone() {
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

export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.cookie = `kubelens-theme=${theme}; path=/; max-age=31536000; samesite=lax`;
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

let started = false;

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

    const typing = event.target.closest('input, textarea, select, [contenteditable]');
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

    const target = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find(e => e.checkVisibility());
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
}
