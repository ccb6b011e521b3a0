/** Where the console lives that tests call without a port. */
export const ORIGIN = 'http://localhost:3000';
