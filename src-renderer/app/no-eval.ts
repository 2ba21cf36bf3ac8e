import { config } from 'zod/mini';

// zod would compile its checks with `eval`, and asks the browser whether it may. The content security policy says no,
// and the question alone is reported as a violation. This has to come before the first schema is made.
config({ jitless: true });
