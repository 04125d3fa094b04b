package dev.orderflow.eventing.admin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** A request whose body or response would not be JSON is rejected before it reaches a controller. */
@AnalyzeClasses(packages = "dev.orderflow.eventing", importOptions = ImportOption.DoNotIncludeTests.class)
class AdminMediaTypesTests {

    @ArchTest
    static final ArchRule endpointsThatChangeSomethingSayThatTheySpeakJson = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(RestController.class)
            .and()
            .areMetaAnnotatedWith(RequestMapping.class)
            .should(new ArchCondition<>("say that they speak JSON") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(method, saysJson(method.reflect()), method.getFullName()));
                }
            });

    private static boolean saysJson(Method method) {
        var own = AnnotatedElementUtils.getMergedAnnotation(method, RequestMapping.class);
        var all = AnnotatedElementUtils.getMergedAnnotation(method.getDeclaringClass(), RequestMapping.class);
        var readsBody = Arrays.stream(method.getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(RequestBody.class));
        return own != null
                && (Arrays.equals(own.method(), new RequestMethod[] {RequestMethod.GET})
                        || speaksJson(own, all, readsBody));
    }

    private static boolean speaksJson(RequestMapping own, @Nullable RequestMapping all, boolean readsBody) {
        return (isJson(own.produces()) || (all != null && isJson(all.produces())))
                && (!readsBody || isJson(own.consumes()));
    }

    private static boolean isJson(String[] types) {
        return Arrays.equals(types, new String[] {MediaType.APPLICATION_JSON_VALUE});
    }
}
