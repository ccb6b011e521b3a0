/** Exit codes of sysexits.h: the command was called wrongly. */
export const USAGE_EXIT = 64;
/** The settings, or what they point at, are not as they must be. */
export const CONFIGURATION_EXIT = 78;
