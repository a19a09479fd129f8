// Every chart is drawn from the table under it: the table is the truth, and stays when scripts do not run.
// Loaded on pages with figures alone, after Chart.js. See docs/interface.md, "Charts".
addEventListener('DOMContentLoaded', () => {
  const root = getComputedStyle(document.documentElement), v = name => root.getPropertyValue(name).trim();
  const rem = parseFloat(root.fontSize), ink = v('--ink'), small = rem * .8125;
  const family = getComputedStyle(document.body).fontFamily;
  Object.assign(Chart.defaults, { color: ink, animation: false, maintainAspectRatio: false });
  Chart.defaults.font = { family, size: small };
  Chart.defaults.plugins.legend.display = false;
  Object.assign(Chart.defaults.plugins.tooltip, { backgroundColor: ink, cornerRadius: 4, padding: 10 });

  const pattern = (ground, mark, dots) => { // a fill that is told apart without colour
    const tile = document.createElement('canvas');
    tile.width = tile.height = 8;
    const g = tile.getContext('2d');
    g.fillStyle = ground; g.fillRect(0, 0, 8, 8);
    g.strokeStyle = g.fillStyle = mark; g.lineWidth = 2;
    g.beginPath();
    if (dots) { g.arc(4, 4, 1.7, 0, 7); g.fill(); }
    else { for (const at of [-8, 0, 8]) { g.moveTo(at, 8); g.lineTo(at + 8, 0); } g.stroke(); }
    return g.createPattern(tile, 'repeat');
  };
  const fills = [
    v('--canal-700'), pattern(v('--canal-100'), v('--canal-500')), pattern('#fff', v('--edge'), true),
    v('--osmanthus-500'), pattern(v('--osmanthus-100'), v('--osmanthus-800')), pattern('#fff', ink),
  ];
  const bar = (data, fill) => ({ data, backgroundColor: fill, borderColor: ink, borderWidth: fill === fills[0] ? 0 : 1 });
  const pen = (chart, draw) => {
    const g = chart.ctx;
    g.save(); g.fillStyle = ink; g.strokeStyle = ink; g.textBaseline = 'middle'; g.font = `600 ${small}px ${family}`;
    draw(g);
    g.restore();
  };
  const grouped = n => n === null ? '' : n.toLocaleString('en-US');
  const folded = text => { // a long name in two lines, parted at the space that is nearest to its middle
    const spaces = [...text.matchAll(/ /g)].map(found => found.index), middle = text.length / 2;
    if (text.length < 15 || !spaces.length) return text;
    const at = spaces.reduce((best, one) => Math.abs(one - middle) < Math.abs(best - middle) ? one : best);
    return [text.slice(0, at), text.slice(at + 1)];
  };
  const wide = g => text => g.measureText(text).width;

  // A written legend, as many lines as it needs; gives its height, and draws once it is told where.
  const legend = (chart, words, top) => pen(chart, g => {
    let x = 0, y = top + small;
    words.forEach((word, at) => {
      const width = wide(g)(word) + 26;
      if (x && x + width > chart.width) { x = 0; y += rem * 1.5; }
      g.fillStyle = fills[at]; g.fillRect(x + 1, y - 7, 14, 14); g.lineWidth = 1; g.strokeRect(x + 1, y - 7, 14, 14);
      g.fillStyle = ink; g.fillText(word, x + 21, y);
      x += width + rem;
    });
  });
  const legendLines = (box, words) => {
    const g = document.createElement('canvas').getContext('2d');
    g.font = `600 ${small}px ${family}`;
    let x = 0, lines = 1;
    for (const word of words) {
      const width = wide(g)(word) + 26;
      if (x && x + width > box.clientWidth) { x = 0; lines++; }
      x += width + rem;
    }
    return lines;
  };
  const bare = { display: false }, plainGrid = { color: v('--line'), drawTicks: false };

  const lying = (box, labels, series, heads, { line = false, unit = '' } = {}) => {
    const bars = line ? series.slice(0, 1) : series, twoLines = labels.some(label => Array.isArray(folded(label)));
    const room = bars.length > 1 || twoLines ? 2.75 : 1.75;
    const top = bars.length > 1 ? legendLines(box, heads) * rem * 1.5 : 0;
    box.style.height = `${labels.length * room * rem + top + rem}px`;
    return {
      type: 'bar',
      data: { labels: labels.map(folded), datasets: bars.map((data, at) => ({ label: heads[at], ...bar(data, fills[at]), barPercentage: .8, categoryPercentage: .85 })) },
      options: {
        indexAxis: 'y', layout: { padding: { right: small * 4.5, top } },
        scales: { x: { display: false, beginAtZero: true, suggestedMax: line ? Math.max(...series[1]) : undefined }, y: { grid: bare, border: bare, ticks: { autoSkip: false } } },
      },
      plugins: [{ id: 'written', afterDatasetsDraw: chart => {
        if (bars.length > 1) legend(chart, heads, 0);
        pen(chart, g => bars.forEach((data, which) => chart.getDatasetMeta(which).data.forEach((mark, at) => {
          const was = line ? series[1][at] : null, x = was === null ? mark.x : chart.scales.x.getPixelForValue(was);
          g.fillText(data[at] === null ? '—' : grouped(data[at]) + unit, Math.max(mark.x, x) + 7, mark.y);
          if (was === null || data[at] === null) return;
          const half = mark.height / 2 + 1;
          for (const [width, colour] of [[4, '#fff'], [2, ink]]) {
            g.lineWidth = width; g.strokeStyle = colour;
            g.beginPath(); g.moveTo(x, mark.y - half); g.lineTo(x, mark.y + half); g.stroke();
          }
        })));
      } }],
    };
  };

  const standing = (box, labels, series, heads) => {
    const top = (legendLines(box, heads) + 1) * rem * 1.5, first = series[0];
    const most = first.indexOf(Math.max(...first.map(n => n || 0)));
    box.style.height = `${15 * rem + top}px`;
    return {
      type: 'bar',
      data: { labels, datasets: series.map((data, at) => ({ label: heads[at], ...bar(data, fills[at]), barPercentage: .92, categoryPercentage: .8 })) },
      options: {
        layout: { padding: { top } },
        scales: {
          x: { grid: bare, ticks: { maxRotation: 0, autoSkipPadding: 10 } },
          y: { beginAtZero: true, border: bare, grid: plainGrid, ticks: { maxTicksLimit: 5, padding: 8, precision: 0, callback: grouped } },
        },
      },
      plugins: [{ id: 'written', afterDatasetsDraw: chart => {
        legend(chart, heads, 0);
        pen(chart, g => {
          g.textAlign = 'center';
          series.forEach((data, which) => data.forEach((n, at) => {
            if (n === null) g.fillText('–', chart.getDatasetMeta(which).data[at].x, chart.chartArea.bottom - 8);
          }));
          for (const at of new Set([most, first.length - 1])) {
            const mark = chart.getDatasetMeta(0).data[at];
            if (first[at] !== null) g.fillText(grouped(first[at]), Math.min(mark.x, chart.chartArea.right - 16), mark.y - 10);
          }
        });
      } }],
    };
  };

  const parts = (box, labels, [data], unit) => {
    const words = labels.map((label, at) => `${label} ${data[at]}${unit}`), high = legendLines(box, words) * rem * 1.5;
    box.style.height = `${rem * 3.5 + high}px`;
    return {
      type: 'bar',
      data: { labels: [''], datasets: data.map((n, at) => ({ label: labels[at], ...bar([n], fills[at % fills.length]), borderWidth: 1, barThickness: rem * 2.125 })) },
      options: {
        indexAxis: 'y', layout: { padding: { bottom: high } },
        scales: { x: { stacked: true, display: false, max: data.reduce((sum, n) => sum + n, 0) }, y: { stacked: true, display: false } },
      },
      plugins: [{ id: 'written', afterDatasetsDraw: chart => legend(chart, words, chart.height - high) }],
    };
  };

  const draw = (figure, box) => {
    const kind = figure.dataset.chart, unit = figure.dataset.unit || '', columns = kind === 'ones' ? 1 : 2;
    let rows = [...figure.querySelectorAll('tbody tr')];
    if (['areas', 'pairs', 'ones'].includes(kind)) // areas with nought are in the table alone
      rows = rows.filter(row => [...row.querySelectorAll('td')].slice(0, columns).some(cell => cell.dataset.n !== '0'));
    const labels = rows.map(row => row.querySelector('th').dataset.short);
    const heads = [...figure.querySelectorAll('thead th')].slice(1).map(cell => cell.textContent.trim());
    const number = cell => cell && cell.dataset.n ? +cell.dataset.n : null;
    const series = heads.map((_, at) => rows.map(row => number(row.querySelectorAll('td')[at])));
    switch (kind) {
      case 'areas': return lying(box, labels, series.slice(0, 2), heads, { line: true });
      case 'pairs': return lying(box, labels, series.slice(0, 2), heads);
      case 'ones': case 'states': return lying(box, labels, series.slice(0, 1), heads);
      case 'weeks': return standing(box, labels, series, heads);
      default: return parts(box, labels, series, unit);
    }
  };

  for (const figure of document.querySelectorAll('figure[data-chart]')) {
    const box = figure.querySelector('.canvas-box'), table = figure.querySelector('details');
    if (!box) continue;
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-labelledby', box.dataset.named);
    canvas.setAttribute('aria-describedby', box.dataset.told);
    box.hidden = false;
    box.append(canvas);
    new Chart(canvas, draw(figure, box));
    table.open = false;
  }
});
