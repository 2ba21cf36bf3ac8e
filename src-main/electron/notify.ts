import { Notification } from 'electron';

/** Shown ones are held, or they would be collected as garbage and a click on them would do nothing. */
const shown = new Set<Notification>();

/** The system's own notification. A click on it leads to the window. */
export function notify(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body, silent: true });
  const forget = () => shown.delete(notification);
  notification.on('click', () => {
    forget();
    onClick();
  });
  notification.on('close', forget);
  notification.on('failed', forget);
  shown.add(notification);
  notification.show();
}
