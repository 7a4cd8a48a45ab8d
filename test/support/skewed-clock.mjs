// Loaded before the application (`node --import`): the wall clock of its process is off, as under libfaketime; the monotonic clock and timers are not, as on a machine.
// SKEW_MS: by how much; each SIGUSR2 sets it back by two minutes.
const Real = Date;
let skew = Number(process.env.SKEW_MS ?? 0);

globalThis.Date = class Date extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() + skew);
    else super(...parts);
  }

  static now() {
    return Real.now() + skew;
  }
};

process.on('SIGUSR2', () => {
  skew -= 120_000;
});
