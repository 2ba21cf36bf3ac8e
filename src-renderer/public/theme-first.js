// Runs before the first paint: whoever chose a theme other than the system's must not see a flash of the other one.
// The page keeps the hint up to date (app/theme.ts); main owns the setting itself.
try {
  const theme = localStorage.getItem('rolegate.theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Without storage there is no hint, and the system's theme it is.
}
