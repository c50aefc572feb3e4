// A lost circuit is a plain reload: the URL holds the whole state. Only wait until the portal answers again.
const modal = document.getElementById('components-reconnect-modal');

modal.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'rejected' || event.detail.state === 'failed') {
    reloadWhenBack();
  }
});

async function reloadWhenBack() {
  for (;;) {
    try {
      const answer = await fetch('/health/live', { cache: 'no-store' });
      if (answer.ok) {
        location.reload();
        return;
      }
    } catch {
      // Not back yet.
    }

    await new Promise(resolve => setTimeout(resolve, 2000));
  }
}
