import { type ComponentType, type FC } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { ServicesProvider, type Services } from '../lib/services';

/** Gives a component that Kibana renders into its own form what ours need around them. */
export function inServices<Props extends object>(
  services: Services,
  Component: ComponentType<Props>
): FC<Props> {
  return (props) => (
    <QueryClientProvider client={services.queryClient}>
      <ServicesProvider services={services}>
        <Component {...props} />
      </ServicesProvider>
    </QueryClientProvider>
  );
}
