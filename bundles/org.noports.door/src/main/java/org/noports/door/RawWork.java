package org.noports.door;

import org.osgi.framework.BundleContext;

/** Bytes as they are, for a service in this instance that the first argument names. */
final class RawWork implements Work {
  private final BundleContext context;

  RawWork(BundleContext context) {
    this.context = context;
  }

  @Override
  public int run(Call call) {
    call.stderr().println("This instance has no raw services (" + context.getBundle() + ").");
    return NOT_UNDERSTOOD;
  }
}
