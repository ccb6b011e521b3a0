import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { AntdProvider } from './antd-provider.tsx';
import { createQueryClient } from './query-client.ts';
import { createConsoleRouter } from './routes.tsx';

/** Everything behind the sign-in, made anew for each person. */
export default function Console() {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(createConsoleRouter);
  useEffect(() => () => queryClient.clear(), [queryClient]);
  return (
    <QueryClientProvider client={queryClient}>
      <AntdProvider>
        <RouterProvider router={router} />
      </AntdProvider>
    </QueryClientProvider>
  );
}
