// Held phone calls and video talks, newest first.
// Parameters, null where not wanted: $party (person or party IRI), $since, $until (ISO days).
MATCH (m:Meeting)
WHERE m.status = 'held' AND (m.format = 'phone' OR m.format = 'video')
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
  AND ($party IS NULL OR EXISTS { (m)<-[:ATTENDED]-(:Person {iri: $party}) }
    OR EXISTS { (m)<-[:PARTY_TO]-(:State {iri: $party}) }
    OR EXISTS { (m)<-[:PARTY_TO]-(:Organization {iri: $party}) })
WITH m
OPTIONAL MATCH (m)-[:DISCUSSED]->(t:Topic)
WITH m, collect(DISTINCT t.name) AS topics
OPTIONAL MATCH (m)-[:REPORTED_IN]->(r:Report)
WITH m, topics, count(DISTINCT r) AS reports
RETURN m.iri AS meeting, m.when AS date, m.name AS label, m.format AS format,
       topics + coalesce(m.unmappedTopics, []) AS topics, reports
ORDER BY m.date DESC, meeting
