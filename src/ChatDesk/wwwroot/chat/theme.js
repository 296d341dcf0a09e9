// Runs before the first paint (a plain script in the head), so that the page never flashes in the wrong colours or language.
(() => {
  const root = document.documentElement;
  /** @param {string} key */
  const stored = key => {
    try {
      return JSON.parse(localStorage.getItem('chatdesk.' + key) ?? 'null');
    } catch {
      return null;
    }
  };
  const theme = stored('theme');
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : 'system';
  const language = new URLSearchParams(location.search).get('lang') ?? stored('language');
  if (language === 'th' || language === 'en') root.lang = language;
})();
