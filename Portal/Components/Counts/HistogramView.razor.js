// Choosing a stretch of time by mouse, touch or keys. The server hears of it when it is chosen, not before.

import { zone } from '../Layout/MainLayout.razor.js';

export function attach(plot, server) {
  return new Brush(plot, server);
}

class Brush {
  #plot;
  #server;
  #end = new AbortController();
  #from = -1;
  #to = -1;
  #drags = false;

  constructor(plot, server) {
    this.#plot = plot;
    this.#server = server;
    const on = (kind, handle) => plot.addEventListener(kind, handle, { signal: this.#end.signal });
    on('pointerdown', event => this.#press(event));
    on('pointermove', event => this.#move(event));
    on('pointerup', () => this.#release());
    on('pointercancel', () => this.#clear());
    on('pointerleave', () => this.#drags || this.#clear());
    on('blur', () => this.#drags || this.#clear());
    on('keydown', event => this.#key(event));
    // Not before: who gets there by Tab would press keys that nobody hears.
    plot.tabIndex = 0;
  }

  dispose() {
    this.#end.abort();
  }

  // What is drawn now: the server may have put other counts here since.
  get #counts() {
    return this.#plot.dataset.counts.split(';').map(bucket => bucket.split(',').map(Number));
  }

  #press(event) {
    if (event.button === 0) {
      this.#plot.setPointerCapture(event.pointerId);
      this.#drags = true;
      this.#from = this.#to = this.#bucketAt(event);
      this.#show();
    }
  }

  #move(event) {
    this.#to = this.#bucketAt(event);
    if (!this.#drags) {
      this.#from = this.#to;
    }

    this.#show();
  }

  #release() {
    if (this.#drags) {
      this.#drags = false;
      this.#choose();
    }
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    const last = this.#counts.length - 1;
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -last, End: last }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      // The first key goes to the newest.
      this.#to = this.#to < 0 ? last : Math.min(last, Math.max(0, this.#to + step));
      this.#from = event.shiftKey && this.#from >= 0 ? this.#from : this.#to;
      this.#show();
    } else if (event.key === 'Enter' && this.#to >= 0) {
      event.preventDefault();
      this.#choose();
    } else if (event.key === 'Escape' && this.#to >= 0) {
      event.preventDefault();
      this.#clear();
    }
  }

  #choose() {
    const [first, last] = [Math.min(this.#from, this.#to), Math.max(this.#from, this.#to)];
    this.#clear();
    this.#server.invokeMethodAsync('BrushAsync', first, last);
  }

  #bucketAt(event) {
    const box = this.#plot.getBoundingClientRect();
    const buckets = this.#counts.length;
    return Math.min(buckets - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * buckets)));
  }

  #show() {
    const counts = this.#counts;
    const last = counts.length - 1;
    const [from, to] = [Math.min(this.#from, this.#to, last), Math.min(last, Math.max(this.#from, this.#to))];
    const brush = this.#plot.querySelector('.brush');
    brush.hidden = false;
    brush.style.left = `${from / counts.length * 100}%`;
    brush.style.width = `${(to - from + 1) / counts.length * 100}%`;
    const [ok, warn, fail, none] = counts.slice(from, to + 1).reduce((sum, bucket) => sum.map((count, i) => count + bucket[i]), [0, 0, 0, 0]);
    const { start, width } = this.#plot.dataset;
    const time = bucket => this.#clock((Number(start) + bucket * Number(width)) * 1000, Number(width));
    const parts = [`${(ok + warn + fail + none).toLocaleString('en-US')} calls`, warn && `${warn} 4xx`, fail && `${fail} 5xx`, none && `${none} without an answer`];
    this.#say(`${time(from)} to ${time(to + 1)}: ${parts.filter(Boolean).join(', ')}`);
  }

  #clear() {
    this.#from = this.#to = -1;
    this.#drags = false;
    this.#plot.querySelector('.brush').hidden = true;
    this.#say('');
  }

  #say(text) {
    this.#plot.parentElement.querySelector('output').textContent = text;
  }

  #clock(milliseconds, width) {
    const parts = { timeZone: zone(), hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
    if (width < 60) {
      parts.second = '2-digit';
    }

    if (width >= 3600) {
      Object.assign(parts, { month: 'short', day: 'numeric' });
    }

    return new Intl.DateTimeFormat('en-GB', parts).format(milliseconds);
  }
}
