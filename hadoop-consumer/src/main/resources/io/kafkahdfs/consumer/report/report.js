'use strict';

(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const main = document.getElementById('main');

  // ---- How amounts and times are written ----

  const integers = new Intl.NumberFormat('en-US', {maximumFractionDigits: 0});
  const tenths = new Intl.NumberFormat('en-US', {maximumFractionDigits: 1});
  const compact = new Intl.NumberFormat('en-US', {notation: 'compact', maximumFractionDigits: 1});
  const none = '\u2013';

  const count = (n) => n === null || n === undefined ? none : integers.format(n);
  const decimal = (n) => n === null || n === undefined ? none : tenths.format(n);
  const many = (n, one, more) => count(n) + ' ' + (n === 1 ? one : more || one + 's');

  function bytes(n) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
    let unit = 0;
    while (n >= 1024 && unit < units.length - 1) {
      n /= 1024;
      unit++;
    }
    return tenths.format(n) + ' ' + units[unit];
  }

  const day = (ms) => new Date(ms).toISOString().slice(0, 10);
  const minute = (ms) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
  const second = (ms) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

  function span(ms) {
    const seconds = Math.max(0, Math.round(ms / 1000));
    if (seconds < 120) return many(seconds, 'second');
    if (seconds < 7200) return many(Math.round(seconds / 60), 'minute');
    if (seconds < 172800) return many(Math.round(seconds / 3600), 'hour');
    return many(Math.round(seconds / 86400), 'day');
  }

  // ---- Building the page; names from outside only ever become text ----

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  function drawing(name, attributes, ...children) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes || {})) {
      made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function section(id, title, about) {
    const made = element('section', {id, 'aria-labelledby': id + '-title'},
        element('h2', {id: id + '-title'}, title), about ? element('p', {class: 'soft'}, about) : null);
    main.append(made);
    return made;
  }

  const ROWS = 500;

  /**
   * @param columns [title, cell of a row, 'text' or 'wide' if it is not a number]
   */
  function table(id, name, columns, rows) {
    const head = element('tr', {}, ...columns.map(([title, , kind]) =>
        element('th', {scope: 'col', class: kind ? 'text' : ''}, title)));
    const body = element('tbody', {});
    const append = (some) => body.append(...some.map((row) => element('tr', {}, ...columns.map(
        ([, cell, kind]) => element('td', {class: kind ? 'text ' + kind : ''}, cell(row))))));
    append(rows.slice(0, ROWS));
    const made = element('div', {},
        element('div', {class: 'box', tabindex: '0', role: 'region', 'aria-label': name},
            element('table', {id}, element('thead', {}, head), body)));
    if (rows.length > ROWS) {
      const rest = element('button', {type: 'button'}, 'Show ' + many(rows.length - ROWS, 'more row'));
      rest.addEventListener('click', () => {
        append(rows.slice(ROWS));
        rest.remove();
      });
      made.append(rest);
    }
    return made;
  }

  /** A table that is made when somebody opens it. */
  function tableBelow(id, name, columns, rows) {
    const made = element('details', {'data-table': id},
        element('summary', {}, name + ' as a table (' + many(rows.length, 'row') + ')'));
    made.addEventListener('toggle', () => {
      if (made.open && made.children.length === 1) {
        made.append(table(id, name, columns, rows));
      }
    });
    return made;
  }

  // ---- Colours that differ in more than the colour ----

  let colours = {};
  const media = window.matchMedia('(prefers-color-scheme: dark)');

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ['text', 'soft', 'line', 'grid', 'card', 'blue', 'sky', 'green', 'orange',
      'red', 'pink', 'yellow', 'grey', 'ink']) {
      colours[name] = style.getPropertyValue('--' + name).trim();
    }
  }

  /** Lines and dots on a tile of 8 by 8, as a path to be stroked. */
  const TILES = {
    plain: '',
    rising: 'M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6',
    falling: 'M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2',
    level: 'M0 4 H8',
    upright: 'M4 0 V8',
    dots: 'M1.5 2 h1.6 M5.5 6 h1.6',
    crossed: 'M0 0 L8 8 M8 0 L0 8',
    grid: 'M0 4 H8 M4 0 V8',
  };

  const SERIES = [['blue', 'plain'], ['orange', 'rising'], ['green', 'dots'], ['pink', 'falling'],
    ['sky', 'upright'], ['red', 'level'], ['yellow', 'crossed'], ['grey', 'grid']];

  function fill(colour, tile) {
    if (tile === 'plain') {
      return colours[colour];
    }
    const canvas = element('canvas', {width: '8', height: '8'});
    const pen = canvas.getContext('2d');
    pen.fillStyle = colours[colour];
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = colours.ink;
    pen.globalAlpha = 0.75;
    pen.lineWidth = tile === 'dots' ? 1.8 : 1;
    pen.stroke(new Path2D(TILES[tile]));
    return pen.createPattern(canvas, 'repeat');
  }

  // ---- Charts ----

  const charts = new Map();

  /** A place for a chart in a section; {@code spec()} says what to draw. */
  function chart(parent, id, title, spec) {
    const canvas = element('canvas', {id, role: 'img', 'aria-label': title + '; the numbers are in the table below'});
    parent.append(element('figure', {}, element('figcaption', {}, title),
        element('div', {class: 'chart'}, canvas)));
    charts.set(id, {canvas, spec, drawn: null});
  }

  function drawCharts() {
    readColours();
    Chart.defaults.color = colours.soft;
    Chart.defaults.borderColor = colours.grid;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const entry of charts.values()) {
      if (entry.drawn) entry.drawn.destroy();
      entry.drawn = new Chart(entry.canvas, entry.spec());
    }
  }

  const HOUR = 3600000;
  const STEPS = [1 / 60, 1 / 12, 1 / 4, 1 / 2, 1, 3, 6, 12, 24, 48, 72, 120, 168, 336, 672, 2016, 8736];

  /** Time in UTC on a linear axis. */
  function timeAxis(from, until) {
    const pad = until > from ? (until - from) * 0.01 : HOUR / 2;
    const axis = amountAxis('time of the commit, UTC', '');
    return Object.assign(axis, {
      min: from - pad,
      max: until + pad,
      afterBuildTicks: (scale) => {
        const most = Math.max(2, Math.floor(scale.width / 85));
        const step = HOUR * (STEPS.find((hours) => (scale.max - scale.min) / hours / HOUR <= most) || 8736);
        scale.ticks = [];
        for (let at = Math.ceil(scale.min / step) * step; at <= scale.max; at += step) {
          scale.ticks.push({value: at});
        }
      },
      ticks: {
        maxRotation: 0,
        autoSkip: false,
        callback: (value, i, ticks) =>
            ticks.length > 1 && ticks[1].value - ticks[0].value >= 24 * HOUR ? day(value) : minute(value).slice(5),
      },
    });
  }

  function amountAxis(title, format) {
    return {
      type: 'linear',
      beginAtZero: true,
      grace: '4%',
      title: {display: true, text: title},
      grid: {color: colours.grid},
      border: {color: colours.line},
      ticks: {maxTicksLimit: 6, callback: format || ((value) => compact.format(value))},
    };
  }

  function chartOf(type, datasets, x, y, tooltip) {
    return {
      type,
      data: {datasets},
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        parsing: false,
        normalized: true,
        interaction: {mode: 'nearest', axis: 'x', intersect: false},
        scales: {x, y},
        plugins: {
          legend: {display: datasets.length > 1, labels: type === 'line' ? {usePointStyle: true} : {boxWidth: 26, boxHeight: 12}},
          tooltip: {callbacks: tooltip},
        },
      },
    };
  }

  function line(label, colour, points, style) {
    return Object.assign({
      label,
      data: points,
      borderColor: colours[colour],
      backgroundColor: colours[colour],
      borderWidth: 2,
      pointRadius: points.length > 80 ? 1.5 : 3,
      spanGaps: false,
    }, style);
  }

  // ---- Everything over time: the newest, or all ----

  let view = data.latest || data.all;
  const timed = element('div', {});

  const rate = (run) => run.seconds > 0 ? run.records / run.seconds : null;
  const commits = (run) => run.first === run.last ? count(run.first) : count(run.first) + none + count(run.last);
  const took = (run) => run.landed ? run.seconds / run.landed : null;

  function notes(run) {
    const said = [];
    const byHand = run.last - run.first + 1 - run.landed;
    if (byHand) said.push(run.first === run.last ? 'changed by hand' : many(byHand, 'change') + ' by hand');
    if (run.rolledBack) said.push(run.first === run.last ? 'rolled back' : count(run.rolledBack) + ' rolled back');
    return said.join(', ') || none;
  }

  function commitTitle(runs) {
    return (items) => {
      const run = runs[items[0].dataIndex];
      return (run.first === run.last ? 'Commit ' : 'Commits ') + commits(run) + ', ' + minute(run.committed) + ' UTC';
    };
  }

  const rolledBackPoints = (runs) => ({
    pointStyle: (point) => runs[point.dataIndex] && runs[point.dataIndex].rolledBack ? 'crossRot' : 'circle',
    pointRadius: (point) => runs[point.dataIndex] && runs[point.dataIndex].rolledBack ? 6
        : runs.length > 80 ? 1.5 : 3,
  });

  function overTime() {
    for (const [id, {canvas, drawn}] of charts) {
      if (timed.contains(canvas)) {
        drawn.destroy();
        charts.delete(id);
      }
    }
    timed.replaceChildren();
    runs();
    hours();
    lag();
  }

  function each() {
    return view.commitsEach === 1 ? 'A point is a commit.'
        : 'A point sums up ' + count(view.commitsEach) + ' commits.';
  }

  function timedSection(id, title, about) {
    const made = section(id, title, about);
    timed.append(made);
    return made;
  }

  function runs() {
    const all = view.runs;
    const from = all[0].committed;
    const until = all[all.length - 1].committed;
    const made = timedSection('runs', 'Runs', each()
        + (all.some((run) => run.rolledBack) ? ' A cross marks runs that were rolled back.' : ''));
    const pair = element('div', {class: 'pair'});
    made.append(pair);
    chart(pair, 'throughput', 'Throughput', () => chartOf('line',
        [line('records/s', 'blue', all.map((run) => ({x: run.committed, y: rate(run)})), rolledBackPoints(all))],
        timeAxis(from, until), amountAxis('records per second'),
        {title: commitTitle(all), label: (item) => count(item.parsed.y) + ' records/s'}));
    chart(pair, 'duration', 'Duration', () => chartOf('line',
        [line('seconds', 'red', all.map((run) => ({x: run.committed, y: took(run)})), rolledBackPoints(all))],
        timeAxis(from, until), amountAxis(view.commitsEach === 1 ? 'seconds' : 'seconds, mean of the runs'),
        {title: commitTitle(all), label: (item) => decimal(item.parsed.y) + ' s'}));
    made.append(tableBelow('runs-table', 'Runs', [
      [view.commitsEach === 1 ? 'commit' : 'commits', commits],
      ['started, UTC', (run) => second(run.started), 'text'],
      ['committed, UTC', (run) => second(run.committed), 'text'],
      [view.commitsEach === 1 ? 'seconds' : 'seconds each', (run) => decimal(took(run))],
      ['records', (run) => count(run.records)],
      ['records/s', (run) => count(rate(run))],
      ['read', (run) => bytes(run.readBytes)],
      ['files', (run) => count(run.files)],
      ['notes', notes, 'text'],
    ], all));
  }

  function bucketName(hours, at) {
    return hours >= 24 ? day(at) : minute(at);
  }

  const WIDTHS = {1: 'hour', 24: 'day', 168: 'week', 672: '4 weeks', 8736: '52 weeks'};

  function hours() {
    const {from, hours, series} = view.hours;
    const width = WIDTHS[hours] || hours + ' hours';
    const made = timedSection('hours', 'Records by topic and time',
        'By the time of the commit. A bar is ' + (hours === 1 ? 'an hour' : /^\d/.test(width) ? width : 'a ' + width)
        + ', from the time below it on. Without what was rolled back.');
    if (!series.length) {
      made.append(element('p', {class: 'empty'}, 'No records.'));
      return;
    }
    const name = (one) => one.topic === null ? count(one.topics) + ' other topics' : one.topic;
    const starts = series[0].records.map((_, i) => from + i * hours * HOUR);
    chart(made, 'records', 'Records in each ' + width, () => {
      const x = timeAxis(from - hours * HOUR * 0.5, from + (starts.length - 0.5) * hours * HOUR);
      x.stacked = true;
      x.grid = {display: false};
      x.offset = false;
      const y = amountAxis('records');
      y.stacked = true;
      return chartOf('bar', series.map((one, i) => ({
        label: name(one),
        data: one.records.map((records, at) => ({x: starts[at], y: records || null})),
        backgroundColor: fill(...SERIES[i % SERIES.length]),
        borderColor: colours.card,
        borderWidth: starts.length > 60 ? 0 : 1,
        barPercentage: 0.92,
        categoryPercentage: 1,
        maxBarThickness: 60,
        minBarLength: 1,
      })), x, y, {
        title: (items) => bucketName(hours, items[0].parsed.x) + ' UTC',
        label: (item) => item.dataset.label + ': ' + count(item.parsed.y),
      });
    });
    const rows = starts.map((at, i) => ({at, i})).filter(({i}) => series.some((one) => one.records[i]));
    made.append(tableBelow('records-table', 'Records', [
      [width + ' from, UTC', (row) => bucketName(hours, row.at), 'text'],
      ...series.map((one) => [name(one), (row) => count(one.records[row.i])]),
      ['all', (row) => count(series.reduce((sum, one) => sum + one.records[row.i], 0))],
    ], rows));
  }

  function lag() {
    const all = view.runs;
    const made = timedSection('lag', 'Lag',
        'Offsets that were in Kafka when a run was planned and that it left for later, and how many had come in'
        + ' since the commit before. ' + each());
    const from = all[0].committed;
    const until = all[all.length - 1].committed;
    chart(made, 'lags', 'Lag after the commit', () => chartOf('line', [
      line('left after the commit', 'blue', all.map((run) => ({x: run.committed, y: run.lag})),
          {fill: 'origin', backgroundColor: colours.blue + '33'}),
      line('came in since the commit before', 'orange', all.map((run) => ({x: run.committed, y: run.came})),
          {borderDash: [6, 4], pointStyle: 'triangle'}),
    ], timeAxis(from, until), amountAxis('offsets'), {
      title: commitTitle(all),
      label: (item) => item.dataset.label + ': ' + count(item.parsed.y),
    }));
    made.append(tableBelow('lag-table', 'Lag', [
      [view.commitsEach === 1 ? 'commit' : 'commits', commits],
      ['committed, UTC', (run) => second(run.committed), 'text'],
      ['came in', (run) => count(run.came)],
      ['left', (run) => count(run.lag)],
    ], all));
  }

  function chooser() {
    if (!data.latest) return;
    const days = Math.ceil(data.latest.hours.series.length ? data.latest.hours.series[0].records.length / 24 : 7);
    const choices = element('fieldset', {}, element('legend', {}, 'Over time, show'));
    const choice = (id, text, window) => {
      const radio = element('input', {type: 'radio', name: 'view', id});
      radio.checked = view === window;
      radio.addEventListener('change', () => {
        view = window;
        overTime();
        drawCharts();
      });
      choices.append(element('label', {for: id}, radio, ' ' + text));
    };
    choice('show-latest', 'the latest ' + many(data.latest.runs.length, 'commit') + ' and ' + many(days, 'day'), data.latest);
    choice('show-all', 'all ' + many(data.totals.commits, 'commit')
        + (data.all.commitsEach > 1 ? ', ' + count(data.all.commitsEach) + ' to a point' : ''), data.all);
    main.append(choices);
  }

  // ---- What does not depend on time ----

  function header() {
    // A long path may break behind each slash.
    document.getElementById('output').append(...data.output.split(/(?<=\/)/)
        .flatMap((part) => [part, document.createElement('wbr')]));
    document.title = data.output + ' \u2013 Kafka to HDFS';
    const facts = document.getElementById('facts');
    const fact = (name, value) => value && facts.append(
        element('div', {}, element('dt', {}, name), element('dd', {}, value)));
    fact('Load', data.load);
    fact('Cluster', data.clusterId);
    fact('Brokers', data.bootstrapServers.join(', '));
    fact('Made', second(data.made) + ' UTC');
  }

  function totals() {
    const all = data.totals;
    const list = element('dl', {class: 'totals', id: 'totals'});
    const card = (name, number, detail, bad) => list.append(element('div', {class: bad ? 'bad' : ''},
        element('dt', {}, name), element('dd', {class: 'number'}, number), element('dd', {class: 'detail'}, detail)));
    card('Topics', count(all.topics), many(all.partitions, 'partition'));
    card('Records in files', count(all.records), all.filtered ? count(all.filtered) + ' filtered out by the mapper' : 'none filtered out');
    card('Read from Kafka', bytes(all.readBytes), 'keys and values');
    card('Files', count(all.files), bytes(all.fileBytes));
    card('Commits', count(all.commits),
        all.rolledBackRuns ? many(all.rolledBackRuns, 'run') + ' rolled back, ' + many(all.rolledBackRecords, 'record')
            : 'none rolled back');
    card('Last commit', all.last === null ? none : span(data.made - all.last) + ' ago',
        all.last === null ? 'none yet' : minute(all.last) + ' UTC, seen from ' + minute(data.made));
    card('Lag', count(all.lag), all.lagIsNow ? 'offsets in Kafka not loaded yet, when this page was made'
        : 'offsets not loaded yet, after the last commit');
    if (all.undecided) {
      card('Undecided', count(all.undecided), 'offsets written in transactions that are neither committed nor aborted', true);
    }
    if (all.late) {
      card('Late', count(all.late), 'records that came when the time of their folders was over');
    }
    if (all.quarantined) {
      card('In quarantine', count(all.quarantined), 'offsets of bad records that were put aside');
    }
    const missing = all.lost + all.bad - all.quarantined + all.skipped;
    card('Losses', count(missing), missing
        ? [[all.lost, 'removed before they were read'], [all.bad - all.quarantined, 'bad'], [all.skipped, 'skipped by hand']]
            .filter(([n]) => n).map(([n, what]) => count(n) + ' ' + what).join(', ')
        : 'nothing lost, bad or skipped', missing > 0);
    main.append(list);
  }

  function topics() {
    const made = section('topics', 'Topics', null);
    made.append(table('topics-table', 'Topics', [
      ['topic', (topic) => topic.name, 'text'],
      ['partitions', (topic) => count(topic.partitions)],
      ['records', (topic) => count(topic.records)],
      ['read', (topic) => bytes(topic.readBytes)],
      ['files', (topic) => count(topic.files)],
      ['in files', (topic) => bytes(topic.fileBytes)],
      ['small files', (topic) => count(topic.smallFiles)],
      ['filtered', (topic) => count(topic.filtered)],
      ['invisible', (topic) => count(topic.invisible)],
      ['in quarantine', (topic) => count(topic.quarantined)],
      ['bad', (topic) => count(topic.bad - topic.quarantined)],
      ['lost', (topic) => count(topic.lost)],
      ['skipped', (topic) => count(topic.skipped)],
      ['lag', (topic) => count(topic.lag)],
    ], data.topics));
  }

  function sizes() {
    const all = data.sizes;
    const made = section('sizes', 'File sizes', null);
    if (!data.totals.files) {
      made.append(element('p', {class: 'empty'}, 'No files.'));
      return;
    }
    if (all.tooMany) {
      made.append(element('p', {class: 'note', id: 'small-files'}, count(all.smallFiles) + ' of ' + count(data.totals.files)
          + ' files are smaller than ' + bytes(all.small) + '. Each costs the NameNode as much as a large one, and'
          + ' reads slower. Load less often, so that more comes together in a run.'));
    } else {
      made.append(element('p', {class: 'soft'}, count(all.smallFiles) + ' of ' + count(data.totals.files)
          + ' files are smaller than ' + bytes(all.small) + '.'));
    }
    const name = (one) => one.from === 0 ? 'below ' + bytes(one.until)
        : one.until === null ? bytes(one.from) + ' or more' : bytes(one.from) + ' to ' + bytes(one.until);
    const shortName = (one) => one.from === 0 ? '< ' + bytes(one.until)
        : '\u2265 ' + bytes(one.from);
    chart(made, 'size-classes', 'Files by size', () => {
      const made = chartOf('bar', [{
        label: 'files',
        data: all.classes.map((one) => one.files),
        backgroundColor: all.classes.map((one) => one.from < all.small ? fill('orange', 'rising') : colours.blue),
        maxBarThickness: 90,
        minBarLength: 0,
      }], {
        type: 'category',
        title: {display: true, text: 'size of the file; hatched: small'},
        grid: {display: false},
        border: {color: colours.line},
        ticks: {autoSkip: false, maxRotation: 60},
      }, amountAxis('files'), {
        title: (items) => name(all.classes[items[0].dataIndex]),
        label: (item) => many(item.parsed.y, 'file') + ', ' + bytes(all.classes[item.dataIndex].bytes),
      });
      made.data.labels = all.classes.map(shortName);
      made.options.parsing = true;
      made.options.scales.y.ticks.precision = 0;
      return made;
    });
    made.append(tableBelow('sizes-table', 'File sizes', [
      ['size', name, 'text'],
      ['files', (one) => count(one.files)],
      ['together', (one) => bytes(one.bytes)],
    ], all.classes));
  }

  function undecided() {
    if (!data.totals.undecided) {
      return;
    }
    const made = section('undecided', 'Undecided', null);
    made.append(element('p', {class: 'soft'}, 'Written in Kafka, and not readable: a transaction before them is neither'
        + ' committed nor aborted. Once it is, a later run lands them. kafka-transactions.sh find-hanging finds one that stays'
        + ' open. ' + (data.totals.lagIsNow ? 'As it was when this page was made.' : 'As the last run saw it.')));
    made.append(table('undecided-table', 'Undecided', [
      ['topic', (one) => one.topic, 'text'],
      ['partition', (one) => String(one.partition)],
      ['offsets', (one) => count(one.until - one.from)],
      ['from', (one) => count(one.from)],
      ['until, not included', (one) => count(one.until)],
      ['first seen, UTC', (one) => one.since === null ? 'not seen by a run yet' : second(one.since), 'text'],
    ], data.undecided));
  }

  function losses() {
    const made = section('losses', 'Lost, bad and skipped', null);
    if (!data.losses.length) {
      made.append(element('p', {class: 'empty'}, 'No losses: nothing was removed before it was read, nothing was bad, nothing was'
          + ' skipped by hand.'));
      return;
    }
    made.append(element('p', {class: 'soft'}, 'The newest first. Lost: retention had removed the records before they'
        + ' were read. Bad: damaged in Kafka, or refused by the format or the mapper. In quarantine: bad, and put aside as it came. Skipped: somebody set the next offset forward.'
        + (data.lossesInAll > data.losses.length
            ? ' Only the newest ' + count(data.losses.length) + ' of ' + count(data.lossesInAll) + ' are shown.' : '')));
    made.append(table('losses-table', 'Lost, bad and skipped', [
      ['commit', (loss) => count(loss.commit)],
      ['committed, UTC', (loss) => second(loss.committed), 'text'],
      ['topic', (loss) => loss.topic, 'text'],
      ['partition', (loss) => String(loss.partition)],
      ['what', (loss) => loss.what, 'text'],
      ['offsets', (loss) => count(loss.count)],
      ['from', (loss) => count(loss.from)],
      ['until, not included', (loss) => count(loss.until)],
      ['where', (loss) => loss.count === loss.until - loss.from ? 'all of these' : 'somewhere between', 'text'],
    ], data.losses));
  }

  function changes() {
    const made = section('changes', 'Changes by hand', null);
    if (!data.changes.length) {
      made.append(element('p', {class: 'empty'}, 'None: no rollback, no offset that was set.'));
      return;
    }
    if (data.changesInAll > data.changes.length) {
      made.append(element('p', {class: 'soft'}, 'Only the newest ' + count(data.changes.length) + ' of '
          + count(data.changesInAll) + ' are shown.'));
    }
    made.append(table('changes-table', 'Changes by hand', [
      ['commit', (change) => count(change.commit)],
      ['committed, UTC', (change) => second(change.committed), 'text'],
      ['who', (change) => change.user, 'text'],
      ['what', whatChanged, 'text'],
      ['files into the trash', (change) => change.to === null && !change.trashed ? none : count(change.trashed) + ' (' + bytes(change.trashedBytes) + ')'],
      ['files restored', (change) => change.to === null ? none : count(change.restored) + ' (' + bytes(change.restoredBytes) + ')'],
      ['in effect', (change) => change.inEffect ? 'yes' : 'no, rolled back', 'text'],
      ['why', (change) => change.why || none, 'wide'],
    ], data.changes));
  }

  function whatChanged(change) {
    const what = [];
    if (change.to !== null) what.push('rolled back to ' + (change.to ? 'commit ' + count(change.to) : 'the beginning'));
    if (change.forgotten) what.push('forgot ' + many(change.forgotten, 'file'));
    if (change.set || change.to === null && !change.purged && !change.forgotten && !change.compacted && !change.repaired) what.push('set the next offset of ' + many(change.set, 'partition'));
    if (change.compacted) what.push('merged ' + many(change.compacted, 'file') + ' into ' + count(change.into));
    if (change.repaired) what.push('loaded ' + many(change.repaired, 'file') + ' again, into ' + count(change.into));
    if (change.purged) what.push('emptied the trash');
    return what.join(', ');
  }

  // ---- The map of offsets ----

  /** From the bottom of a bar to its top. */
  const KINDS = [
    {key: 'written', letter: '', colour: 'blue', tile: 'plain', about: 'landed'},
    {key: 'filtered', letter: 'F', colour: 'sky', tile: 'upright', about: 'filtered out by the mapper'},
    {key: 'invisible', letter: 'I', colour: 'grey', tile: 'dots', about: 'invisible: compacted, or part of a transaction'},
    {key: 'quarantined', letter: 'Q', colour: 'green', tile: 'upright', about: 'bad, and in quarantine'},
    {key: 'bad', letter: 'B', colour: 'pink', tile: 'falling', about: 'bad'},
    {key: 'lost', letter: 'L', colour: 'red', tile: 'crossed', about: 'lost: removed before it was read'},
    {key: 'skipped', letter: 'S', colour: 'yellow', tile: 'rising', about: 'skipped by hand'},
  ];
  const LATER = {letter: 'N', about: 'not loaded yet'};
  const MARKS = {
    ROLLED_BACK: {letter: 'R', colour: 'orange', tile: 'falling', about: 'rolled back'},
    AGAIN: {letter: 'A', colour: 'green', tile: 'grid', about: 'set back by hand: read again'},
  };

  const segmentOf = ([from, until, written, filtered, bad, invisible, lost, skipped, first, last, quarantined]) =>
      ({from, until, written, filtered, bad, invisible, lost, skipped, first, last, quarantined});
  const partitions = data.partitions.map((partition) =>
      Object.assign({}, partition, {segments: partition.segments.map(segmentOf)}));
  const shares = (segment) => KINDS.filter((kind) => segment[kind.key] > 0);

  function patterns() {
    const pattern = (id, colour, tile) => drawing('pattern',
        {id, width: '8', height: '8', patternUnits: 'userSpaceOnUse'},
        drawing('rect', {width: '8', height: '8', style: 'fill:var(--' + colour + ')'}),
        drawing('path', {d: TILES[tile], 'stroke-opacity': '0.75', 'stroke-width': tile === 'dots' ? '1.8' : '1',
          style: 'stroke:var(--ink);fill:none'}));
    return drawing('svg', {width: '0', height: '0', 'aria-hidden': 'true', style: 'position:absolute'},
        drawing('defs', {}, ...KINDS.map((kind) => pattern('fill-' + kind.key, kind.colour, kind.tile)),
            ...Object.entries(MARKS).map(([key, mark]) => pattern('fill-' + key, mark.colour, mark.tile))));
  }

  const later = () => ({style: 'fill:none;stroke:var(--soft);stroke-dasharray:4 3'});

  function legend() {
    const item = (shape, letter, about) => element('li', {},
        drawing('svg', {width: '22', height: '14', 'aria-hidden': 'true'}, drawing('rect',
            Object.assign({x: '0.5', y: '0.5', width: '21', height: '13'}, shape))),
        element('span', {}, (letter ? letter + ' ' : '') + about));
    return element('ul', {class: 'legend'},
        ...KINDS.map((kind) => item({fill: 'url(#fill-' + kind.key + ')'}, kind.letter, kind.about)),
        item(later(), LATER.letter, LATER.about),
        ...Object.entries(MARKS).map(([key, mark]) =>
            item({fill: 'url(#fill-' + key + ')', y: '8', height: '6'}, mark.letter, mark.about + ' (below the bar)')));
  }

  const LETTERS = 10;
  const BAR = 20;
  const BELOW = 6;
  const between = (from, until) => count(from) + ' to ' + count(until - 1);

  /** One partition's offsets from low to high, about so many pixels wide. */
  function bar(topic, partition, low, high, wide) {
    const at = (offset) => 100 * (offset - low) / Math.max(1, high - low);
    const parts = [];
    const letters = [];
    const rect = (from, until, y, height, shape, least, title) => {
      const width = (at(until) - at(from)).toFixed(3) + '%';
      parts.push(drawing('rect', Object.assign({x: at(from).toFixed(3) + '%', y, width, height}, shape,
          {style: (shape.style || '') + ';width:max(' + least + 'px,' + width + ' + 0.6px)'}),
          drawing('title', {}, title)));
    };
    const letter = (from, until, text) => letters.push({x: (at(from) + at(until)) / 2, text});
    for (const segment of partition.segments) {
      const size = segment.until - segment.from;
      const kinds = shares(segment);
      const small = kinds.filter((kind) => segment[kind.key] / size * BAR < 4);
      const room = BAR - 4 * small.length;
      const large = size - small.reduce((sum, kind) => sum + segment[kind.key], 0);
      const title = between(segment.from, segment.until) + ': '
          + kinds.map((kind) => count(segment[kind.key]) + ' ' + kind.key).join(', ')
          + '; ' + (segment.first === segment.last ? 'commit ' : 'commits ') + commits(segment);
      let bottom = LETTERS + BAR;
      for (const kind of kinds) {
        const height = small.includes(kind) ? 4 : room * segment[kind.key] / large;
        bottom -= height;
        rect(segment.from, segment.until, bottom, height, {fill: 'url(#fill-' + kind.key + ')', 'data-kind': kind.key},
            kind.key === 'written' ? 1 : 3, title);
      }
      const said = kinds.map((kind) => kind.letter).join('');
      if (said) letter(segment.from, segment.until, said);
    }
    if (partition.end !== null && partition.end > partition.offset) {
      rect(partition.offset, partition.end, LETTERS + 0.5, BAR - 1, Object.assign(later(), {'data-kind': 'later'}), 3,
          between(partition.offset, partition.end) + ': not loaded yet');
      letter(partition.offset, partition.end, LATER.letter);
    }
    for (const mark of partition.marks) {
      rect(mark.from, mark.until, LETTERS + BAR + 1, BELOW, {fill: 'url(#fill-' + mark.what + ')', 'data-kind': mark.what}, 3,
          between(mark.from, mark.until) + ': ' + MARKS[mark.what].about + '; '
          + (mark.first === mark.last ? 'commit ' : 'commits ') + commits(mark));
    }
    // Of letters that would run into each other only one is drawn, that of a loss first.
    const placed = [];
    const loss = ({text}) => /[LBS]/.test(text) ? 0 : 1;
    for (const {x, text} of letters.sort((a, b) => loss(a) - loss(b) || a.x - b.x)) {
      const half = 100 * (3 + 4.5 * text.length) / wide;
      if (placed.every((other) => Math.abs(x - other.x) >= half + other.half)) {
        placed.push({x, half});
        parts.push(drawing('text', {x: x.toFixed(3) + '%', y: LETTERS - 2,
          'text-anchor': x < 1 ? 'start' : x > 99 ? 'end' : 'middle'}, text));
      }
    }
    return drawing('svg', {role: 'img', 'aria-label': topic.name + ' partition ' + partition.partition + ': '
          + (partition.segments.length ? 'offsets up to ' + count(partition.offset) + ' dealt with' : 'nothing landed')}, ...parts);
  }

  const PARTITIONS = 40;

  function drawTopic(place, id, topic, own) {
    const extent = (partition) => [
      ...partition.segments.flatMap((segment) => [segment.from, segment.until]),
      ...partition.marks.flatMap((mark) => [mark.from, mark.until]),
      ...(partition.end === null ? [] : [Math.max(partition.offset, partition.end)])];
    let low = Infinity;
    let high = -Infinity;
    for (const offset of own.flatMap(extent)) {
      low = Math.min(low, offset);
      high = Math.max(high, offset);
    }
    if (low > high) {
      place.append(element('p', {class: 'empty'}, 'Nothing was loaded of it yet.'));
      return;
    }
    const map = element('div', {class: 'map'});
    const wide = Math.max(200, place.clientWidth - 60);
    const axis = element('div', {class: 'axis'}, ...[0, 0.25, 0.5, 0.75, 1].map((part) => element('span',
        {style: 'left:' + 100 * part + '%', class: part === 0.25 || part === 0.75 ? 'between' : ''},
        count(Math.round(low + part * (high - low))))));
    const append = (some) => {
      for (const partition of some) {
        map.append(element('span', {class: 'name'}, partition.partition + (partition.vanished ? ' (vanished)' : '')),
            bar(topic, partition, low, high, wide));
      }
      map.append(element('span', {class: 'name'}, 'offset'), axis);
    };
    append(own.slice(0, PARTITIONS));
    place.append(map);
    if (own.length > PARTITIONS) {
      const rest = element('button', {type: 'button'}, 'Show ' + many(own.length - PARTITIONS, 'more partition'));
      rest.addEventListener('click', () => {
        map.lastChild.previousSibling.remove();
        append(own.slice(PARTITIONS));
        rest.remove();
      });
      place.append(rest);
    }
    place.append(tableBelow('offsets-table-' + id, 'Offsets of ' + topic.name, [
      ['partition', (row) => String(row.partition)],
      ['from', (row) => count(row.from)],
      ['until, not included', (row) => count(row.until)],
      ['offsets', (row) => count(row.until - row.from)],
      ...KINDS.map((kind) => [kind.key === 'written' ? 'landed' : kind.key, (row) => count(row[kind.key])]),
      [data.all.commitsEach === 1 ? 'commit' : 'commits', (row) => row.first ? commits(row) : none],
      ['notes', (row) => row.note || none, 'text'],
    ], own.flatMap((partition) => [
      ...partition.segments.map((segment) => Object.assign({partition: partition.partition}, segment)),
      ...partition.marks.map((mark) => ({partition: partition.partition, from: mark.from, until: mark.until,
        first: mark.first, last: mark.last, note: MARKS[mark.what].about})),
      ...(partition.end !== null && partition.end > partition.offset ? [{partition: partition.partition,
        from: partition.offset, until: partition.end, note: LATER.about}] : []),
    ])));
  }

  function offsets() {
    const made = section('offsets', 'Offsets', 'What became of each partition\u2019s offsets. A bar\u2019s width is the'
        + ' range of a run, its heights are shares: where in the range records were filtered, invisible or bad is not'
        + ' known. Shares too small to see are drawn larger.');
    made.append(patterns(), legend());
    if (data.totals.partitions > partitions.length) {
      made.append(element('p', {class: 'soft', id: 'partitions-left-out'}, 'Only ' + count(partitions.length) + ' of '
          + count(data.totals.partitions) + ' partitions are shown, those with the most losses and lag.'));
    }
    if (partitions.some((partition) => partition.segments.some((segment) => segment.first !== segment.last))) {
      made.append(element('p', {class: 'soft'}, 'Ranges of neighbouring commits were summed up, to keep this page small.'));
    }
    const byTopic = new Map();
    for (const partition of partitions) {
      if (!byTopic.has(partition.topic)) byTopic.set(partition.topic, []);
      byTopic.get(partition.topic).push(partition);
    }
    for (const [id, own] of byTopic) {
      const topic = data.topics[id];
      const missing = topic.lost + topic.bad - topic.quarantined + topic.skipped;
      const details = element('details', {class: 'topic', 'data-topic': topic.name},
          element('summary', {}, topic.name + ' ', element('span', {class: 'soft'}, many(own.length, 'partition')
              + (missing ? ', ' + count(missing) + ' lost, bad or skipped' : ', no losses'))));
      details.addEventListener('toggle', () => {
        if (details.open && details.children.length === 1) drawTopic(details, id, topic, own);
      });
      details.open = byTopic.size <= 3;
      made.append(details);
    }
  }

  function footer() {
    document.getElementById('footer').append(element('p', {}, 'All times are in UTC. Numbers are those of the load\u2019s'
        + ' commits; what was rolled back is left out unless it is said.'),
    element('p', {}, 'Charts are drawn by Chart.js ' + Chart.version + ' (MIT License), which is part of this page.'));
  }

  header();
  if (data.totals.commits === 0) {
    section('empty', 'Nothing has been loaded yet', 'The report will show what the first run lands.');
  } else {
    totals();
    chooser();
    main.append(timed);
    overTime();
    topics();
    offsets();
    sizes();
    undecided();
    losses();
    changes();
  }
  footer();
  drawCharts();
  media.addEventListener('change', drawCharts);
})();
