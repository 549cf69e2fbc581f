metadata description = 'Alerts: failing requests, late revocations, sessions that are not purged, failing stores.'

@description('Part of the names.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Workspace with the logs.')
param workspaceId string

@description('Account of the session tables.')
param tablesId string

@description('Redis cluster. Empty: no cache.')
param cacheId string

@description('Who is mailed.')
param emails string[]

@description('Minutes the oldest due session may wait.')
@minValue(15)
param purgeBacklogMinutes int

@description('Share of requests that may answer 5xx.')
@minValue(1)
@maxValue(100)
param serverErrorPercent int

@description('Revocations that may be answered 202 within five minutes.')
@minValue(0)
param acceptedRevocations int

@description('Whether events are delivered.')
param useEvents bool

@description('Minutes the oldest undelivered event may wait.')
@minValue(2)
param eventDelayMinutes int

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'sessions'
    emailReceivers: [for (address, i) in emails: {
      name: 'mail${i}'
      emailAddress: address
      useCommonAlertSchema: true
    }]
  }
}

var actionGroups = empty(emails) ? [] : [mail.id]

// Tables of a fresh workspace appear with their first row, so queries are not validated when the rules are made.
resource serverErrors 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'sessions-5xx-${name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Session API: too many 5xx'
    description: 'Share of requests answered 5xx. See docs/operations.md, Alerts.'
    severity: 1
    enabled: true
    autoMitigate: true
    skipQueryValidation: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: '''
AppRequests
| summarize Total = sum(ItemCount), Failed = sumif(ItemCount, toint(ResultCode) >= 500)
| where Total >= 20
| project Percent = 100.0 * Failed / Total
'''
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'Percent'
          operator: 'GreaterThan'
          threshold: serverErrorPercent
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

// The warning behind every 202. Requests are sampled and one late revocation matters, so it is not counted by its answer.
resource lateRevocations 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'sessions-202-${name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Session API: revocations answered 202'
    description: 'The cache did not confirm a revocation, so it took effect late. See docs/operations.md, Alerts.'
    severity: 2
    enabled: true
    autoMitigate: true
    skipQueryValidation: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          query: '''
AppTraces
| where Message startswith 'Redis did not confirm that'
'''
          timeAggregation: 'Total'
          metricMeasureColumn: 'ItemCount'
          operator: 'GreaterThan'
          threshold: acceptedRevocations
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

// Each run of the purge measures it; metrics are never sampled.
resource purgeBacklog 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'sessions-backlog-${name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Session API: the purge falls behind'
    description: 'The oldest due session has waited too long for the purge. See docs/operations.md, Alerts.'
    severity: 2
    enabled: true
    autoMitigate: true
    skipQueryValidation: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    criteria: {
      allOf: [
        {
          query: '''
AppMetrics
| where Name == 'session.purge.backlog.age'
| project Minutes = Max / 60
'''
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'Minutes'
          operator: 'GreaterThan'
          threshold: purgeBacklogMinutes
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

// Each run is measured as it ends, and metrics are never sampled. An app that is too ill to report has no rows, and fires as well.
// Rows are counted, because a sum over no rows is no number and would never fire.
resource purgeSilence 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'sessions-silence-${name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Session API: the purge does not run'
    description: 'No purge has ended well for an hour. See docs/operations.md, Alerts.'
    severity: 2
    enabled: true
    autoMitigate: true
    skipQueryValidation: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      allOf: [
        {
          query: '''
AppMetrics
| where Name == 'session.maintenance.run.duration' and tostring(Properties.job) == 'purge' and tostring(Properties.outcome) in ('finished', 'unfinished')
'''
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

// Nobody but the app writes the tables, so a row that does not verify was planted, moved or altered.
resource foreignRows 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'sessions-foreign-${name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Session API: a row does not verify'
    description: 'A row of the session table was not written by this service as it stands. See docs/operations.md, Alerts.'
    severity: 1
    enabled: true
    autoMitigate: true
    skipQueryValidation: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          query: '''
AppTraces
| where Message startswith 'A row of the sessions table does not verify'
'''
          timeAggregation: 'Total'
          metricMeasureColumn: 'ItemCount'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

// Each look at a lane measures it; metrics are never sampled.
resource eventDelay 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = if (useEvents) {
  name: 'sessions-events-${name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Session API: events are not delivered'
    description: 'The oldest undelivered event has waited too long. See docs/operations.md, Alerts.'
    severity: 2
    enabled: true
    autoMitigate: true
    skipQueryValidation: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT10M'
    criteria: {
      allOf: [
        {
          query: '''
AppMetrics
| where Name == 'session.events.undelivered.age'
| project Minutes = Max / 60
'''
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'Minutes'
          operator: 'GreaterThan'
          threshold: eventDelayMinutes
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

// A parked event waits for an operator, and for nothing else.
resource parkedEvents 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = if (useEvents) {
  name: 'sessions-parked-${name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Session API: events are parked'
    description: 'A target has not acknowledged an event in 72 hours. See docs/operations.md, Alerts.'
    severity: 2
    enabled: true
    autoMitigate: true
    skipQueryValidation: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: '''
AppTraces
| where Message startswith 'An event is parked'
'''
          timeAggregation: 'Total'
          metricMeasureColumn: 'ItemCount'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

// Storage answers for itself: below this the API answers 503 whatever it does.
resource tablesAvailability 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'sessions-tables-${name}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Table Storage answers too few requests. See docs/operations.md, Alerts.'
    severity: 1
    enabled: true
    scopes: [tablesId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'availability'
          metricName: 'Availability'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          operator: 'LessThan'
          threshold: 99
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [for group in actionGroups: { actionGroupId: group }]
  }
}

// Evictions start when memory is full; every one of them is a table read that Redis was meant to save.
resource cacheMemory 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(cacheId)) {
  name: 'sessions-cache-${name}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Redis is nearly full. See docs/operations.md, Alerts.'
    severity: 3
    enabled: true
    scopes: [cacheId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'memory'
          metricName: 'usedmemorypercentage'
          metricNamespace: 'Microsoft.Cache/redisEnterprise'
          operator: 'GreaterThan'
          threshold: 85
          timeAggregation: 'Maximum'
        }
      ]
    }
    actions: [for group in actionGroups: { actionGroupId: group }]
  }
}
