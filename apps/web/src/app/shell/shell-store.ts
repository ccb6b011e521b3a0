import { create } from 'zustand';

interface ShellState {
  open: 'palette' | 'shortcuts' | 'menu' | null;
  /** Why something that was tried from the frame did not happen; shown until it is closed. */
  notice: string | null;
}

/** What is open over the page, shared by the frame's parts. */
export const useShell = create<ShellState>(() => ({ open: null, notice: null }));

export const openOver = (open: ShellState['open']): void => useShell.setState({ open });
export const showNotice = (notice: string | null): void => useShell.setState({ notice });
