/** The console behind the sign-in: router, queries and antd in one chunk that a visitor does not load. */
export const loadConsole = () => import('./console.tsx');
