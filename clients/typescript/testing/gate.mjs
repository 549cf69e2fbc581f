/** Holds whoever awaits `opened` until `open` is called, and hands them what it is called with. */
export function gate() {
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
