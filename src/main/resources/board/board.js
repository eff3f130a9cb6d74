// Times in the reader's zone, live changes, and "copy link". The pages are complete without it.
(() => {
  'use strict';
  const asked = new URLSearchParams(location.search).get('zone');
  const format = options => {
    try {
      return new Intl.DateTimeFormat(undefined, { hourCycle: 'h23', ...options, timeZone: asked || undefined });
    } catch (e) {
      return new Intl.DateTimeFormat(undefined, options);
    }
  };
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const weekday = format({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const date = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const day = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const full = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' });

  const times = root => {
    const now = new Date();
    root.querySelectorAll('time').forEach(each => {
      const at = new Date(each.dateTime);
      if (!each.dataset.utc) {
        each.dataset.utc = each.title;
      }
      each.title = full.format(at) + '\n' + each.dataset.utc;
      if ('c' in each.dataset) {
        const away = Math.abs(at - now) / 86400000;
        each.textContent = (day.format(at) === day.format(now) ? clock : away < 7 ? weekday : date).format(at);
      }
    });
    const zone = document.getElementById('zone');
    if (zone) {
      zone.textContent = clock.resolvedOptions().timeZone;
    }
  };
  times(document);

  const zoneLink = document.getElementById('zone-link');
  if (zoneLink && !asked && zoneLink.dataset.zone !== clock.resolvedOptions().timeZone) {
    const link = document.createElement('a');
    const query = new URLSearchParams(location.search);
    query.set('zone', clock.resolvedOptions().timeZone);
    link.href = '?' + query;
    link.textContent = 'in ' + clock.resolvedOptions().timeZone;
    zoneLink.append(link);
  }

  document.querySelectorAll('[data-copy]').forEach(button => {
    button.hidden = !navigator.clipboard;
    button.addEventListener('click', () => navigator.clipboard.writeText(location.href).then(() => {
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy link'; }, 2000);
    }));
  });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) {
      const field = document.querySelector('input[type=search]');
      if (field) {
        event.preventDefault();
        field.focus();
      }
    }
  });

  // Replaces what has changed below main, by id, so that focus, open details and the rest stay.
  const replace = next => {
    const open = new Set([...document.querySelectorAll('details[id][open]')].map(each => each.id));
    const focused = document.activeElement && (document.activeElement.closest('[id]') || {}).id;
    const focusedLink = document.activeElement && document.activeElement.getAttribute('href');
    const ids = root => [...root.querySelectorAll('main > [id], main > .columns > * > [id]')];
    times(next);
    ids(next).forEach(fresh => {
      const old = document.getElementById(fresh.id);
      if (!old || old.isEqualNode(fresh) || old.contains(document.activeElement) && old.id === 'act') {
        return;
      }
      const rows = [...fresh.children];
      const same = old.tagName === fresh.tagName && rows.length && rows.every((row, index) => row.id && old.children[index] && old.children[index].id === row.id) && rows.length === old.children.length;
      if (same) {
        rows.forEach((row, index) => {
          if (row.dataset.v !== old.children[index].dataset.v) {
            old.children[index].replaceWith(row);
          }
        });
      } else {
        old.replaceWith(fresh);
      }
    });
    open.forEach(id => { const each = document.getElementById(id); if (each) { each.open = true; } });
    if (focused && document.activeElement === document.body) {
      const home = document.getElementById(focused);
      const target = home && (focusedLink ? [...home.querySelectorAll('a')].find(link => link.getAttribute('href') === focusedLink) : home);
      if (target) {
        target.focus();
      }
    }
  };

  const sign = document.getElementById('live');
  if ('live' in document.body.dataset && window.EventSource && sign) {
    let last = 0;
    let earliest = 0;
    let waiting = false;
    const fetchPage = () => {
      if (document.hidden || waiting) {
        return;
      }
      waiting = true;
      setTimeout(() => {
        waiting = false;
        earliest = Date.now() + 2000;
        fetch(location.href, { headers: { Accept: 'text/html' } })
          .then(answer => answer.ok ? answer.text() : Promise.reject(answer.status))
          .then(text => {
            last = Date.now();
            replace(new DOMParser().parseFromString(text, 'text/html'));
          })
          .catch(() => {
            earliest = Date.now() + 10000;
            fetchPage();
          });
        // Not all readers at once.
      }, Math.max(0, earliest - Date.now()) + Math.random() * 2000);
    };
    const show = (word, on) => { sign.hidden = false; sign.textContent = word; sign.className = 'status ' + (on ? 'on' : 'off'); };
    const events = new EventSource(document.body.dataset.base + '/events');
    events.onopen = () => show('live', true);
    events.onerror = () => show('reconnecting', false);
    events.addEventListener('changed', fetchPage);
    document.addEventListener('visibilitychange', () => { if (!document.hidden && Date.now() - last > 60000) { fetchPage(); } });
    setInterval(() => { if (Date.now() - last > 60000) { fetchPage(); } }, 60000);
  }
})();
