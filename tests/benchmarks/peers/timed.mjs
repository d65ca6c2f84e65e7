// Warms up, then prints the CPU time of one call, in seconds, as JSON.
export async function timed(times, verify) {
  const warmUp = Math.max(5, Math.floor(times / 4));
  for (let count = 0; count < warmUp; count += 1) {
    const fault = await verify();
    if (fault) {
      console.log(JSON.stringify({ fault }));
      return;
    }
  }
  const start = process.cpuUsage();
  for (let count = 0; count < times; count += 1) {
    await verify();
  }
  const used = process.cpuUsage(start);
  console.log(JSON.stringify({ seconds: (used.user + used.system) / 1e6 / times }));
}
