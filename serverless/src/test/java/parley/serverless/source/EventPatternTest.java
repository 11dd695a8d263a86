package parley.serverless.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The rules of filter patterns, one by one. Quotes are written as single ones.
class EventPatternTest {
  private static final String EVENT =
      """
      {'eventName':'INSERT','n':5,'half':2.5,'yes':true,'none':null,'empty':'','list':['a','b'],
       'dynamodb':{'Keys':{'PK':{'S':'C#1'},'SK':{'S':'M#0001'}},
                   'NewImage':{'PK':{'S':'C#1'},'seq':{'N':'7'},'by':{'S':'reader'}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Equal.
        "true  | {'eventName':['INSERT']}",
        "true  | {'eventName':['MODIFY','INSERT']}",
        "false | {'eventName':['MODIFY']}",
        "false | {'eventName':['insert']}",
        "true  | {'n':[5]}",
        "true  | {'n':[5.0]}",
        "false | {'n':['5']}",
        "true  | {'yes':[true]}",
        "false | {'yes':[false]}",
        "true  | {'none':[null]}",
        "false | {'gone':[null]}",
        "true  | {'empty':['']}",
        // Several fields are all of them.
        "true  | {'eventName':['INSERT'],'n':[5]}",
        "false | {'eventName':['INSERT'],'n':[6]}",
        // Within.
        "true  | {'dynamodb':{'Keys':{'PK':{'S':['C#1']}}}}",
        "false | {'dynamodb':{'Keys':{'PK':{'N':['C#1']}}}}",
        "false | {'dynamodb':{'OldImage':{'PK':{'S':['C#1']}}}}",
        "false | {'dynamodb':['C#1']}",
        // Lists match by any element.
        "true  | {'list':['b','c']}",
        "false | {'list':['c']}",
        "true  | {'list':[{'prefix':'b'}]}",
        // Beginnings and ends.
        "true  | {'dynamodb':{'Keys':{'PK':{'S':[{'prefix':'C#'}]}}}}",
        "false | {'dynamodb':{'Keys':{'PK':{'S':[{'prefix':'U#'}]}}}}",
        "true  | {'eventName':[{'suffix':'SERT'}]}",
        "false | {'eventName':[{'suffix':'INS'}]}",
        "true  | {'eventName':[{'equals-ignore-case':'insert'}]}",
        "false | {'n':[{'prefix':'5'}]}",
        // Anything but.
        "true  | {'eventName':[{'anything-but':'REMOVE'}]}",
        "false | {'eventName':[{'anything-but':['REMOVE','INSERT']}]}",
        "true  | {'eventName':[{'anything-but':{'prefix':'R'}}]}",
        "false | {'eventName':[{'anything-but':{'prefix':'I'}}]}",
        "false | {'gone':[{'anything-but':'x'}]}",
        "true  | {'n':[{'anything-but':[1,2]}]}",
        // Numbers.
        "true  | {'n':[{'numeric':['=',5]}]}",
        "true  | {'n':[{'numeric':['>',4,'<=',5]}]}",
        "false | {'n':[{'numeric':['>',5]}]}",
        "true  | {'half':[{'numeric':['>=',2.5,'<',2.6]}]}",
        "false | {'dynamodb':{'NewImage':{'seq':{'N':[{'numeric':['=',7]}]}}}}",
        // There or not: leaves alone.
        "true  | {'eventName':[{'exists':true}]}",
        "false | {'gone':[{'exists':true}]}",
        "true  | {'gone':[{'exists':false}]}",
        "false | {'eventName':[{'exists':false}]}",
        "true  | {'dynamodb':{'NewImage':{'rev':{'N':[{'exists':false}]}}}}",
        "true  | {'dynamodb':{'OldImage':{'rev':{'N':[{'exists':false}]}}}}",
        "true  | {'none':[{'exists':true}]}",
        "false | {'dynamodb':[{'exists':true}]}",
        // Any of several.
        "true  | {'$or':[{'n':[6]},{'eventName':['INSERT']}]}",
        "false | {'$or':[{'n':[6]},{'eventName':['MODIFY']}]}",
        "false | {'n':[6],'$or':[{'n':[5]},{'eventName':['INSERT']}]}",
        "true  | {'n':[{'numeric':['>',9]},5]}",
      })
  void itMatches(boolean matches, String pattern) {
    assertThat(EventPattern.parse(json(pattern)).matches(JsonMapper.shared().readTree(json(EVENT))))
        .as(pattern)
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "'x'",
        "{'a':'b'}",
        "{'a':[]}",
        "{'a':{}}",
        "{'a':[{'wildcard':'b*'}]}",
        "{'a':[{'prefix':1}]}",
        "{'a':[{'exists':'true'}]}",
        "{'a':[{'numeric':['>']}]}",
        "{'a':[{'numeric':['!',1]}]}",
        "{'a':[{'numeric':['>','1']}]}",
        "{'a':[{'anything-but':[]}]}",
        "{'a':[{'anything-but':true}]}",
        "{'a':[{'prefix':'b','suffix':'c'}]}",
        "{'$or':[{'a':['b']}]}",
      })
  void whatIsNoPatternIsRefused(String pattern) {
    assertThatThrownBy(() -> EventPattern.parse(json(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a filter pattern cannot be used: ");
  }

  @Test
  void aPatternIsNotTooLong() {
    String longest = "{\"a\":[\"" + "x".repeat(EventPattern.CHARS - 10) + "\"]}";
    assertThat(longest).hasSize(EventPattern.CHARS);
    EventPattern.parse(longest);
    assertThatThrownBy(() -> EventPattern.parse(longest + " "))
        .hasMessageContaining("longer than 4096 characters");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
