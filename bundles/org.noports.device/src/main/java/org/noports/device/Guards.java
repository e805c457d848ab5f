package org.noports.device;

import java.util.List;
import java.util.Optional;
import org.noports.api.HostPort;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;

/**
 * What a proven request still has to pass: the policy's list, the device's own list, and a level of
 * protection that the device accepts; steps of {@link AdmitSession}.
 */
final class Guards {
  private Guards() {}

  static Permitted permittedByPolicy(Permitted request) throws Refusal {
    permittedByPolicy(request.permit(), new StreamRequest.Connect(request.asked().target()));
    return request;
  }

  static void permittedByPolicy(Decision.Permit permit, StreamRequest.Outgoing request)
      throws Refusal {
    if (!covered(permit.permitOpen(), request)) {
      throw Refusal.byPolicy(permit.rule(), request, permit.permitOpen());
    }
  }

  /** Whether the permit's list has a place for what is asked; what goes nowhere needs none. */
  static boolean covers(Decision.Permit permit, AccessRequest request) {
    if (request.target().isEmpty()) {
      return true;
    }
    Target target = request.target().get();
    return switch (request.kind()) {
      case TUNNEL, SSH -> covered(permit.permitOpen(), new StreamRequest.Connect(target));
      case UDP -> covered(permit.permitOpen(), new StreamRequest.Udp(target));
      default -> true;
    };
  }

  /** What nobody here can do, or knows, is not permitted; only some targets can be recorded. */
  static void fulfillable(Decision.Permit permit, Optional<Target> target, Neighbours neighbours)
      throws Refusal {
    if (permit.obligations().record()) {
      Optional<String> objection = whyNotRecorded(target, neighbours);
      if (objection.isPresent()) {
        throw Refusal.unrecorded(permit.rule(), objection.get());
      }
    }
    Optional<String> unknown = permit.obligations().others().stream().sorted().findFirst();
    if (unknown.isPresent()) {
      throw Refusal.unfulfilled(permit.rule(), unknown.get());
    }
  }

  static Permitted fulfillable(Permitted request, Neighbours neighbours) throws Refusal {
    fulfillable(request.permit(), Optional.of(request.asked().target()), neighbours);
    return request;
  }

  private static Optional<String> whyNotRecorded(Optional<Target> target, Neighbours neighbours) {
    if (target.isEmpty() || neighbours.ssh().isEmpty()) {
      return Optional.of("nothing here records that; the SSH server that is built in can");
    }
    return neighbours.ssh().get().whyNotRecorded(target.get());
  }

  static Permitted permittedByDevice(Permitted request) throws Refusal {
    permittedByDevice(
        request.asked().device(), new StreamRequest.Connect(request.asked().target()));
    return request;
  }

  static void permittedByDevice(DeviceSettings device, StreamRequest.Outgoing request)
      throws Refusal {
    if (!covered(device.permitOpen(), request)) {
      throw Refusal.byDevice(request, device.permitOpen());
    }
  }

  /** Whether the device's own list has a place for connections to {@code target}. */
  static boolean isOnList(DeviceSettings device, Target target) {
    return covered(device.permitOpen(), new StreamRequest.Connect(target));
  }

  static void permittedToListen(DeviceSettings device, LocalAddress address) throws Refusal {
    if (device.permitListen().stream().noneMatch(entry -> entry.permits(address))) {
      throw Refusal.toListen(address, device.permitListen());
    }
  }

  static Permitted wellProtected(Permitted request) throws Refusal {
    Asked asked = request.asked();
    if (!asked.request().encryptRvdTraffic()) {
      throw Refusal.unsealed();
    }
    if (!asked.request().authenticateToRvd()) {
      throw Refusal.unauthenticatedRelay();
    }
    if (!asked.request().twinKeys() && !asked.device().allowInsecureL0()) {
      throw Refusal.insecureL0();
    }
    return request;
  }

  /** A socket's path, and a port that the device is to choose, are no place that rules name. */
  static Optional<Target> place(StreamRequest request) {
    if (request instanceof StreamRequest.Outgoing outgoing) {
      return Optional.of(outgoing.target());
    }
    return request instanceof StreamRequest.Listen listen
            && listen.address() instanceof LocalAddress.Port port
            && port.port() > 0
        ? Optional.of(new Target.Tcp(new HostPort(port.host(), port.port())))
        : Optional.empty();
  }

  private static boolean covered(List<PermitOpen> permitOpen, StreamRequest.Outgoing request) {
    return request instanceof StreamRequest.Udp
        ? permitOpen.stream().anyMatch(entry -> entry.permitsDatagrams(request.target()))
        : permitOpen.stream().anyMatch(entry -> entry.permits(request.target()));
  }
}
