package org.noports.protocol.json;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.Refused;

public class JsonObjectTest {
  private static JsonObject parse(String text) throws ProtocolViolation {
    return JsonObject.parse("message", text);
  }

  @Test
  public void whatWasReadIsWrittenAgainInItsOrderAndWithItsNumbersText() throws Exception {
    String text =
        "{\"z\":1.0,\"a\":1e3,\"m\":-0,\"b\":12345678901234567890123,\"n\":null,\"t\":true,"
            + "\"s\":[1,{\"y\":\"\",\"x\":[]}],\"o\":{}}";
    assertEquals(text, parse(text).toJson());
  }

  @Test
  public void whiteSpaceAndNeedlessEscapesAreGone() throws Exception {
    JsonObject json = parse(" { \"a\" : \"x\\/y\\u00e9\\u0041\" ,\n\"b\" : [ 1 , 2 ] } ");
    assertEquals("{\"a\":\"x/yéA\",\"b\":[1,2]}", json.toJson());
  }

  @Test
  public void theReEncodingOfAPartIsWhatItsSenderSigned() throws Exception {
    JsonObject envelope = parse("{\"payload\":{\"b\":1,\"a\":\"ü\"},\"signature\":\"x\"}");
    assertEquals("{\"b\":1,\"a\":\"ü\"}", envelope.requireObject("payload").toJson());
  }

  @Test
  public void textsAreEscapedAsDartDoes() {
    String text = "\"\\\b\f\n\r\t\u0000\u001f\u007f\u2028/é😀\ud83d";
    assertEquals(
        "{\"k\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028/é😀\\ud83d\"}",
        JsonObject.builder().put("k", text).build().toJson());
  }

  @Test
  public void anyTextSurvivesTheWayThereAndBack() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append((char) random.nextInt(i % 2 == 0 ? 0x180 : 0x10000));
      }
      String json = JsonObject.builder().put("k", text.toString()).build().toJson();
      assertEquals(text.toString(), parse(json).requireText("k"));
      assertEquals(json, parse(json).toJson());
    }
  }

  @Test
  public void aFieldThatIsAbsentOrNullIsEmpty() throws Exception {
    JsonObject json = parse("{\"n\":null}");
    assertEquals(Optional.empty(), json.text("n"));
    assertEquals(Optional.empty(), json.whole("absent"));
    assertTrue(json.has("n"));
    assertFalse(json.has("absent"));
    assertEquals(Optional.of(JsonValue.Literal.NULL), json.get("n"));
  }

  @Test
  public void aFieldOfAnotherTypeIsRefusedByMessageAndName() throws Exception {
    JsonObject json = parse("{\"s\":\"x\",\"i\":1,\"f\":1.5,\"o\":{\"p\":70000,\"b\":[1]}}");
    Refused.naming("message: field 's' must be a whole number", () -> json.whole("s"));
    Refused.naming("message: field 'i' must be a string", () -> json.text("i"));
    Refused.naming("message: field 'f' must be a whole number", () -> json.requireWhole("f"));
    Refused.naming("message: field 'i' must be true or false", () -> json.requireFlag("i"));
    Refused.naming("message: field 's' must be an object", () -> json.requireObject("s"));
    Refused.naming("message: field 'absent' is missing", () -> json.requireText("absent"));
    Refused.naming("field 's' is wrong", () -> json.requireText("s", SessionId::of));
    JsonObject inner = json.requireObject("o");
    Refused.naming("message.o: field 'p' is not between 0 and 65535", () -> inner.requirePort("p"));
    Refused.naming("something else than strings", () -> inner.array("b").orElseThrow().texts());
  }

  @Test
  public void whatIsNotJsonIsRefusedWithoutQuotingIt() {
    String[] wrong = {
      "",
      " ",
      "{",
      "}",
      "{\"a\"}",
      "{\"a\":}",
      "{\"a\":1,}",
      "{'a':1}",
      "{a:1}",
      "[1]",
      "1",
      "\"secret\"",
      "{\"a\":01}",
      "{\"a\":NaN}",
      "{\"a\":secret}",
      "{\"a\":\"secret",
      "{}{}",
      "{} x",
      "{\"a\":\"\u0001\"}",
      "null",
      "{\"a\":1}\u0000",
      "{\"a\":\"\\x\"}",
      "/**/{}"
    };
    for (String text : wrong) {
      String message = Refused.message(() -> parse(text));
      assertTrue(message, message.startsWith("message") && !message.contains("secret"));
    }
  }

  @Test
  public void aNameThatOccursTwiceIsRefused() {
    Refused.naming("occurs twice", () -> parse("{\"sid\":\"a\",\"sid\":\"b\"}"));
    Refused.naming("occurs twice", () -> parse("{\"sid\":null,\"sid\":\"b\"}"));
  }

  @Test
  public void limitsHoldForDepthLengthAndNumbers() throws Exception {
    String deep = "{\"a\":".repeat(31) + "1" + "}".repeat(31);
    assertEquals(deep, parse(deep).toJson());
    Refused.message(() -> parse("{\"a\":".repeat(40) + "1" + "}".repeat(40)));
    Refused.message(() -> parse("[".repeat(1_000_000)));
    Refused.message(() -> parse("{\"a\":" + "1".repeat(100) + "}"));
    Refused.naming("too long", () -> parse("x".repeat(JsonReader.MAX_LENGTH + 1)));
  }

  @Test
  public void whatIsNoNumberCannotBeWrittenAsOne() {
    for (String text :
        new String[] {"", "01", "+1", "1.", ".5", "NaN", "1,\"admin\":true", "0x1"}) {
      assertThrows(text, IllegalArgumentException.class, () -> new JsonValue.Number(text));
    }
    assertEquals("-7", JsonValue.Number.of(-7).toJson());
  }

  @Test
  public void toStringShowsNamesAndNoContent() throws Exception {
    assertEquals("JsonObject[a,b]", parse("{\"a\":\"secret\",\"b\":1}").toString());
    assertEquals("JsonObject[a??b?,c]", parse("{\"a\\r\\nb\\u0085\":1,\"c\":2}").toString());
  }

  @Test
  public void anArrayIsReadAndWrittenInOrder() throws Exception {
    JsonArray array = JsonArray.parse("scan", "[\"b\",\"a\"]");
    assertEquals(java.util.List.of("b", "a"), array.texts());
    assertEquals("[\"b\",\"a\"]", array.toJson());
    Refused.naming("scan is not a JSON array", () -> JsonArray.parse("scan", "{}"));
  }

  @Test
  public void aTextThatIsWrittenFieldByFieldIsTheOneOfTheObject() {
    String odd = "\"quoted\" \\ \n \u0001 \ud83d\ude00 \ud83d alone";
    JsonObject inner = JsonObject.builder().put("x", odd).put("y", 2).build();
    JsonObject object =
        JsonObject.builder()
            .put(odd, odd)
            .put("whole", -7)
            .put("flag", true)
            .putNullable("none", Optional.empty())
            .putIfPresent("left out", Optional.empty())
            .put("inner", inner)
            .put("last", "plain")
            .build();
    JsonText text =
        JsonText.begin()
            .put(odd, odd)
            .put("whole", -7)
            .put("flag", true)
            .putNullable("none", Optional.empty())
            .putIfPresent("left out", Optional.empty());
    text.object("inner").put("x", odd).put("y", 2).endField();
    assertEquals(object.toJson(), text.put("last", "plain").end());
  }
}
