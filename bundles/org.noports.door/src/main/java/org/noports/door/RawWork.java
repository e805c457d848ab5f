package org.noports.door;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.noports.api.door.RawService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Bytes as they are, for the service that the first argument names. For the owner alone. */
final class RawWork implements Work {
  private final Function<String, Optional<RawService>> services;

  RawWork(Function<String, Optional<RawService>> services) {
    this.services = services;
  }

  /** Looks services up at each call: they come and go. */
  static Function<String, Optional<RawService>> registeredIn(BundleContext context) {
    return name -> {
      try {
        Collection<ServiceReference<RawService>> found =
            context.getServiceReferences(
                RawService.class, "(" + RawService.NAME + "=" + name + ")");
        return found.stream().max(ServiceReference::compareTo).map(context::getService);
      } catch (InvalidSyntaxException noName) {
        return Optional.empty();
      }
    };
  }

  @Override
  public int run(Call call) throws Exception {
    String name = call.arguments().stream().findFirst().orElse("");
    Optional<RawService> service =
        name.matches("[A-Za-z0-9._-]+") ? services.apply(name) : Optional.empty();
    if (call.peer().access() != Peer.Access.OWNER) {
      call.stderr().println("Raw services are for the owner of this instance.");
      return FAILED;
    }
    if (service.isEmpty()) {
      call.stderr().println("This instance has no raw service '" + name + "'.");
      return NOT_UNDERSTOOD;
    }
    return service.get().serve(new DoorRawCall(call));
  }
}
