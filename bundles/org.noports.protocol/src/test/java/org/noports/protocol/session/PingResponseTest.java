package org.noports.protocol.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.protocol.Refused;

public class PingResponseTest {
  private static final String NEWER =
      "{\"devicename\":\"dev1\",\"deviceGroupName\":\"__none__\",\"version\":\"5.13.0\","
          + "\"corePackageVersion\":\"6.9.0\",\"supportedFeatures\":{\"srAuth\":true,"
          + "\"srE2ee\":true,\"acceptsPublicKeys\":false,\"supportsPortChoice\":true,"
          + "\"adjustableTimeout\":true,\"controlChannelHeartbeats\":true,"
          + "\"supportsRamEscr\":true,\"twinKeys\":true},\"authModes\":[\"payload\",\"escr\"],"
          + "\"allowedServices\":[\"*:*\"],\"npCpVersion\":\"1.5.0\","
          + "\"publicSigningKeyUri\":\"public:_apsk.primary.a.__e@device\"}";

  private static final String OLDER =
      "{\"devicename\":\"dev1\",\"deviceGroupName\":\"__none__\",\"version\":\"5.6.3\","
          + "\"corePackageVersion\":\"6.2.0\",\"supportedFeatures\":{\"srAuth\":true,"
          + "\"srE2ee\":true,\"acceptsPublicKeys\":true,\"supportsPortChoice\":true,"
          + "\"adjustableTimeout\":true},"
          + "\"allowedServices\":[\"localhost:22\",\"localhost:3389\"]}";

  @Test
  public void bothGenerationsAreWrittenAsTheyWereRead() throws Exception {
    assertEquals(NEWER, PingResponse.parse(NEWER).toText());
    assertEquals(OLDER, PingResponse.parse(OLDER).toText());
  }

  @Test
  public void aFeatureIsThereOnlyIfTheDeviceSaysSo() throws Exception {
    PingResponse newer = PingResponse.parse(NEWER);
    assertTrue(newer.supports(Feature.TWIN_KEYS));
    assertFalse(newer.supports(Feature.ACCEPTS_PUBLIC_KEYS));
    PingResponse older = PingResponse.parse(OLDER);
    assertFalse(older.supports(Feature.TWIN_KEYS));
    assertEquals(List.of("localhost:22", "localhost:3389"), older.allowedServices());
  }

  @Test
  public void aDeviceThatSaysNothingAcceptsPublicKeysAndNoMore() throws Exception {
    PingResponse oldest = PingResponse.parse("{\"devicename\":\"d\",\"unheardOf\":1}");
    assertTrue(oldest.supports(Feature.ACCEPTS_PUBLIC_KEYS));
    assertFalse(oldest.supports(Feature.SR_AUTH));
    assertEquals("__none__", oldest.deviceGroupName());
    assertEquals(Optional.empty(), oldest.signingKeyUri());
  }

  @Test
  public void whatHasAnotherShapeIsRefused() {
    Refused.message(() -> PingResponse.parse("pong"));
    Refused.naming("supportedFeatures", () -> PingResponse.parse("{\"supportedFeatures\":[]}"));
    Refused.naming(
        "srAuth", () -> PingResponse.parse("{\"supportedFeatures\":{\"srAuth\":\"yes\"}}"));
    Refused.naming("allowedServices", () -> PingResponse.parse("{\"allowedServices\":\"*\"}"));
  }
}
