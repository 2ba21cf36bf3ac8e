/** Something to say at the edge of the window. */
export interface ToastOptions {
  title: string;
  description?: string | undefined;
  /** Bad news stay until they are closed. */
  tone?: 'good' | 'bad';
}

/** Says something at the edge of the window, for a while. What draws it is not loaded before the first word. */
export function toast(options: ToastOptions): void {
  void import('./toasts.tsx').then(({ show }) => show(options));
}
