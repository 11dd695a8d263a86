package parley.serverless.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.serverless.template.Template.Unusable;

/// What a template says, its references resolved. Quotes are written as single ones.
class TemplateTest {
  private static final String MAPPED =
      """
      {'Parameters':{'Window':{'Type':'Number','Default':'2'},'Url':{'Type':'String'}},
       'Conditions':{'Never':{'Fn::Equals':[{'Ref':'AWS::Region'},'nowhere']},
                     'Here':{'Fn::Not':[{'Condition':'Never'}]}},
       'Resources':{
        'Table':{'Type':'AWS::DynamoDB::Table','Properties':{}},
        'Queue':{'Type':'AWS::SQS::Queue','Properties':{}},
        'Code':{'Type':'AWS::Lambda::Function','Properties':{
          'Handler':'x.Stream::handle','MemorySize':512,'Timeout':60,
          'Environment':{'Variables':{
            'TABLE':{'Ref':'Table'},
            'URL':{'Fn::Sub':'https://${Url}/${Table.Arn}/${!Literal}'},
            'JOINED':{'Fn::Join':['-',['a',{'Ref':'AWS::Partition'},'c']]},
            'PART':{'Fn::Select':[1,{'Fn::Split':['.','a.b.c']}]},
            'CHOSEN':{'Fn::If':['Here','yes','no']},
            'LEFT_OUT':{'Ref':'AWS::NoValue'}}}}},
        'Version':{'Type':'AWS::Lambda::Version','Properties':{'FunctionName':{'Ref':'Code'}}},
        'Live':{'Type':'AWS::Lambda::Alias','Properties':{'FunctionName':{'Ref':'Code'}}},
        'Unmade':{'Type':'AWS::Lambda::Function','Condition':'Never','Properties':{}},
        'Mapping':{'Type':'AWS::Lambda::EventSourceMapping','Properties':{
          'FunctionName':{'Ref':'Live'},'StartingPosition':'TRIM_HORIZON',
          'EventSourceArn':{'Fn::GetAtt':['Table','StreamArn']} MORE}}}}
      """;

  private static Template template(String settings) {
    return Template.parse(
        MAPPED.replace("MORE", settings).replace('\'', '"'), "local-1", Map.of("Url", "here"));
  }

  @Test
  void referencesAreResolved() {
    var functions = template("").all("AWS::Lambda::Function");
    assertThat(functions).hasSize(1);
    var told = functions.getFirst().at("Environment.Variables");
    assertThat(told.path("TABLE").asString()).isEqualTo("Table");
    assertThat(told.path("URL").asString())
        .isEqualTo("https://here/arn:aws:dynamodb:local-1:000000000000:Table/${Literal}");
    assertThat(told.path("JOINED").asString()).isEqualTo("a-aws-c");
    assertThat(told.path("PART").asString()).isEqualTo("b");
    assertThat(told.path("CHOSEN").asString()).isEqualTo("yes");
    assertThat(told.has("LEFT_OUT")).isFalse();
  }

  @Test
  void aFunctionIsFoundByAliasAndByTheAddressOfAGateway() {
    Template template = template("");
    String alias = "arn:aws:lambda:local-1:000000000000:function:Code:live";
    assertThat(template.function(alias).id()).isEqualTo("Code");
    assertThat(
            template
                .function(
                    "arn:aws:apigateway:local-1:lambda:path/2015-03-31/functions/"
                        + alias
                        + "/invocations")
                .id())
        .isEqualTo("Code");
    assertThatThrownBy(() -> template.function("Nobody")).isInstanceOf(Unusable.class);
  }

  @Test
  void aMappingIsReadWhole() {
    MappingSettings mapping =
        MappingSettings.of(
            template(
                """
                ,'FilterCriteria':{'Filters':[{'Pattern':'{}'},{'Pattern':'[]'}]},
                'BatchSize':25,'MaximumBatchingWindowInSeconds':{'Ref':'Window'},
                'ParallelizationFactor':2,'FunctionResponseTypes':['ReportBatchItemFailures'],
                'BisectBatchOnFunctionError':true,'MaximumRetryAttempts':8,
                'MaximumRecordAgeInSeconds':3600,
                'DestinationConfig':{'OnFailure':{'Destination':{'Fn::GetAtt':['Queue','Arn']}}}
                """));
    assertThat(mapping.function().id()).isEqualTo("Code");
    assertThat(mapping.patterns()).containsExactly("{}", "[]");
    assertThat(mapping.batch()).isEqualTo(25);
    assertThat(mapping.window()).isEqualTo(Duration.ofSeconds(2));
    assertThat(mapping.lanes()).isEqualTo(2);
    assertThat(mapping.reportsFailures()).isTrue();
    assertThat(mapping.bisects()).isTrue();
    assertThat(mapping.retries()).isEqualTo(8);
    assertThat(mapping.age()).isEqualTo(Duration.ofHours(1));
    assertThat(mapping.fromTheBeginning()).isTrue();
    assertThat(mapping.onFailure()).isEqualTo("arn:aws:sqs:local-1:000000000000:Queue");
  }

  @Test
  void whatAMappingDoesNotSayIsAsOnTheService() {
    MappingSettings mapping = MappingSettings.of(template(""));
    assertThat(mapping.patterns()).isEqualTo(List.of());
    assertThat(mapping.batch()).isEqualTo(100);
    assertThat(mapping.window()).isEqualTo(Duration.ZERO);
    assertThat(mapping.lanes()).isEqualTo(1);
    assertThat(mapping.reportsFailures()).isFalse();
    assertThat(mapping.bisects()).isFalse();
    assertThat(mapping.retries()).isNull();
    assertThat(mapping.age()).isNull();
    assertThat(mapping.onFailure()).isNull();
  }

  @Test
  void whatIsNoTemplateIsRefused() {
    for (String text : List.of("", "[]", "{}", "{\"Resources\":[]}")) {
      assertThatThrownBy(() -> Template.parse(text, "local-1", Map.of()))
          .isInstanceOf(Unusable.class)
          .hasMessageStartingWith("it is no CloudFormation template");
    }
  }
}
