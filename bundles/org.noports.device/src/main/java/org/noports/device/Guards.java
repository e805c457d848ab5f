package org.noports.device;

import java.util.List;
import org.noports.api.Target;
import org.noports.api.policy.PermitOpen;

/**
 * What a proven request still has to pass: the policy's list, the device's own list, and a level of
 * protection that the device accepts; steps of {@link AdmitSession}.
 */
final class Guards {
  private Guards() {}

  static Permitted permittedByPolicy(Permitted request) throws Refusal {
    List<PermitOpen> permitOpen = request.permit().permitOpen();
    if (!covered(permitOpen, request.asked().target())) {
      throw Refusal.byPolicy(request.permit().rule(), request.asked().target(), permitOpen);
    }
    return request;
  }

  static Permitted permittedByDevice(Permitted request) throws Refusal {
    List<PermitOpen> permitOpen = request.asked().device().permitOpen();
    if (!covered(permitOpen, request.asked().target())) {
      throw Refusal.byDevice(request.asked().target(), permitOpen);
    }
    return request;
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
