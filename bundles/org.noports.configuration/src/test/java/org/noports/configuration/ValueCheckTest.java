package org.noports.configuration;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.Optional;
import org.junit.Test;
import org.osgi.service.metatype.AttributeDefinition;

public class ValueCheckTest {
  @Test
  public void wantsWholeNumbersWhereNumbersAreMeant() {
    assertThat(
        ValueCheck.wrong(new Definition(AttributeDefinition.INTEGER), "soon"),
        equalTo(Optional.of("expected a whole number")));
    assertThat(
        ValueCheck.wrong(new Definition(AttributeDefinition.INTEGER), " 20 "),
        equalTo(Optional.empty()));
  }

  @Test
  public void refusesANumberThatDoesNotFit() {
    assertThat(
        ValueCheck.wrong(new Definition(AttributeDefinition.INTEGER), "3000000000"),
        equalTo(Optional.of("the number is too large")));
    assertThat(
        ValueCheck.wrong(new Definition(AttributeDefinition.LONG), "3000000000"),
        equalTo(Optional.empty()));
  }

  @Test
  public void takesNothingButTrueOrFalseForAFlag() {
    assertThat(
        ValueCheck.wrong(new Definition(AttributeDefinition.BOOLEAN), "yes"),
        equalTo(Optional.of("expected true or false")));
    assertThat(
        ValueCheck.wrong(new Definition(AttributeDefinition.BOOLEAN), "True"),
        equalTo(Optional.empty()));
  }

  @Test
  public void passesOnWhatTheDefinitionItselfSays() {
    assertThat(
        ValueCheck.wrong(new Definition(AttributeDefinition.STRING), "bad"),
        equalTo(Optional.of("not allowed")));
  }

  private record Definition(int type) implements AttributeDefinition {
    @Override
    public String getName() {
      return "name";
    }

    @Override
    public String getID() {
      return "id";
    }

    @Override
    public String getDescription() {
      return "";
    }

    @Override
    public int getCardinality() {
      return 0;
    }

    @Override
    public int getType() {
      return type;
    }

    @Override
    public String[] getOptionValues() {
      return null;
    }

    @Override
    public String[] getOptionLabels() {
      return null;
    }

    @Override
    public String validate(String value) {
      return value.equals("bad") ? "not allowed" : "";
    }

    @Override
    public String[] getDefaultValue() {
      return null;
    }
  }
}
