<#list dependencyMap as entry>
<#assign project = entry.getKey()>
<#assign licenses = entry.getValue()>
  ${project.name} (${project.groupId}:${project.artifactId}:${project.version})
    <#list licenses as license>${license}<#sep>, </#list><#if project.url?has_content>, ${project.url}</#if>
</#list>
