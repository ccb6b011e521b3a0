import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { Suspense, type ReactNode } from 'react';
import { AntdProvider } from './antd-provider.tsx';
import { createQueryClient } from './query-client.ts';

/** Renders one page as the console would: router (at `path`, with any search), query client, antd. */
export function renderPage(page: ReactNode, { path = '/' }: { path?: string } = {}) {
  const root = createRootRoute();
  const [pathname = '/'] = path.split('?');
  const route = createRoute({ getParentRoute: () => root, path: pathname, component: () => <Suspense fallback={null}>{page}</Suspense> });
  const elsewhere = createRoute({ getParentRoute: () => root, path: '$', component: () => null });
  const router = createRouter({ routeTree: root.addChildren([route, elsewhere]), history: createMemoryHistory({ initialEntries: [path] }) });
  const queryClient = createQueryClient();
  const view = render(
    <QueryClientProvider client={queryClient}>
      <AntdProvider>
        {/* This router knows fewer routes than the registered one. */}
        <RouterProvider router={router as never} />
      </AntdProvider>
    </QueryClientProvider>,
  );
  return { ...view, router, queryClient };
}
