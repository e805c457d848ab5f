package org.noports.device;

import java.util.List;
import org.noports.api.Target;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.tunnel.LocalAddress;

/**
 * What a proven request still has to pass: the policy's list, the device's own list, and a level of
 * protection that the device accepts; steps of {@link AdmitSession}.
 */
final class Guards {
  private Guards() {}

  static Permitted permittedByPolicy(Permitted request) throws Refusal {
    permittedByPolicy(request.permit(), request.asked().target());
    return request;
  }

  static void permittedByPolicy(Decision.Permit permit, Target target) throws Refusal {
    if (!covered(permit.permitOpen(), target)) {
      throw Refusal.byPolicy(permit.rule(), target, permit.permitOpen());
    }
  }

  static Permitted permittedByDevice(Permitted request) throws Refusal {
    permittedByDevice(request.asked().device(), request.asked().target());
    return request;
  }

  static void permittedByDevice(DeviceSettings device, Target target) throws Refusal {
    if (!covered(device.permitOpen(), target)) {
      throw Refusal.byDevice(target, device.permitOpen());
    }
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

  private static boolean covered(List<PermitOpen> permitOpen, Target target) {
    return permitOpen.stream().anyMatch(entry -> entry.permits(target));
  }
}
