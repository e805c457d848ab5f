package com.example.opa;

import java.net.InetAddress;
import java.util.Locale;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Observed;
import org.noports.protocol.json.JsonObject;

/** A question as OPA gets it; what is not known is left out. */
final class OpaInput {
  private OpaInput() {}

  /** {@code {"input": {…}}}. */
  static String of(AccessRequest request) {
    Circumstances around = request.circumstances();
    JsonObject.Builder input =
        JsonObject.builder()
            .put("client", request.client().name())
            .put("device", device(request))
            .put("request", asked(request))
            .put("observed", observed(around.observed()))
            .put("at", around.at().toString());
    around.claimedZone().ifPresent(zone -> input.put("claimed_zone", zone));
    return JsonObject.builder().put("input", input.build()).build().toJson();
  }

  private static JsonObject device(AccessRequest request) {
    return JsonObject.builder()
        .put("atsign", request.device().atSign().name())
        .put("name", request.device().name().toString())
        .put("group", request.deviceGroup())
        .put("tags", request.circumstances().deviceTags().stream().sorted().toList())
        .build();
  }

  private static JsonObject asked(AccessRequest request) {
    Circumstances around = request.circumstances();
    JsonObject.Builder asked =
        JsonObject.builder().put("kind", request.kind().name().toLowerCase(Locale.ROOT));
    request
        .target()
        .ifPresent(to -> asked.put("host", to.wireHost()).put("port", (long) to.wirePort()));
    around.address().map(InetAddress::getHostAddress).ifPresent(ip -> asked.put("address", ip));
    around.level().ifPresent(level -> asked.put("level", level.name()));
    return asked.build();
  }

  private static JsonObject observed(Observed seen) {
    JsonObject.Builder observed = JsonObject.builder().put("pending", seen.pending());
    seen.address().map(InetAddress::getHostAddress).ifPresent(ip -> observed.put("address", ip));
    seen.country().ifPresent(country -> observed.put("country", country));
    return observed.build();
  }
}
