// One row per meeting and pair of representatives of two different parties.
// Parameters, null where not wanted: $person $state $with $topic (IRIs), $since $until (ISO days),
// $formatOf $statusOf (strings), $agreedOnly ('true'). Without $statusOf: held.
// The meetings are chosen first, by the one parameter that an index answers best.
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $person
  RETURN m
  UNION
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $with AND $person IS NULL
  RETURN m
  UNION
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = coalesce($state, $with) AND $person IS NULL
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = coalesce($state, $with) AND $person IS NULL
  RETURN m
  UNION
  MATCH (one:Topic)<-[:BROADER*0..9]-(:Topic)<-[:DISCUSSED]-(m:Meeting)
  WHERE one.iri = $topic AND coalesce($person, $state, $with) IS NULL
  RETURN m
  UNION
  UNWIND CASE WHEN coalesce($person, $state, $with, $topic) IS NULL THEN [1] ELSE [] END AS all
  MATCH (m:Meeting)
  RETURN m
}
WITH m
WHERE (($statusOf IS NULL AND m.status = 'held') OR $statusOf = 'all' OR m.status = $statusOf)
  AND ($formatOf IS NULL OR m.format = $formatOf)
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
  AND ($agreedOnly IS NULL OR EXISTS { (m)-[:AGENDA_ITEM]->(:AgendaItem {treatment: 'agreed'}) })
  AND ($topic IS NULL OR EXISTS { (m)-[:DISCUSSED]->(:Topic)-[:BROADER*0..9]->(:Topic {iri: $topic}) })
WITH m
MATCH (m)<-[x:ATTENDED|REPRESENTED_AT]-(a)
WHERE x.role <> 'attendee' AND ($person IS NULL OR a.iri = $person)
  AND ($person IS NOT NULL OR $state IS NULL OR $state ENDS WITH ('/' + coalesce(x.onBehalfOf, '-')))
WITH m, a, x
MATCH (m)<-[y:ATTENDED|REPRESENTED_AT]-(b)
WHERE y.role <> 'attendee' AND a.iri <> b.iri
  AND coalesce(x.onBehalfOf, a.iri) <> coalesce(y.onBehalfOf, b.iri)
  AND ($person IS NOT NULL OR $state IS NOT NULL OR coalesce(x.onBehalfOf, '~') < coalesce(y.onBehalfOf, '~')
    OR (coalesce(x.onBehalfOf, '~') = coalesce(y.onBehalfOf, '~') AND a.iri < b.iri))
  AND ($person IS NULL OR $state IS NULL
    OR $state ENDS WITH ('/' + coalesce(x.onBehalfOf, '-')) OR $state ENDS WITH ('/' + coalesce(y.onBehalfOf, '-')))
  AND ($with IS NULL OR b.iri = $with OR $with ENDS WITH ('/' + coalesce(y.onBehalfOf, '-'))
    OR ($person IS NULL AND $state IS NULL
      AND (a.iri = $with OR $with ENDS WITH ('/' + coalesce(x.onBehalfOf, '-')))))
WITH m, a, x, b, y
OPTIONAL MATCH (m)-[:HELD_IN]->(p:Place)
WITH m, a, x, b, y, p
OPTIONAL MATCH (m)-[:DISCUSSED]->(t:Topic)
WITH m, a, x, b, y, p, collect(DISTINCT t.name) AS topics
OPTIONAL MATCH (m)-[:AGREED_ON]->(g:Topic)
WITH m, a, x, b, y, p, topics, collect(DISTINCT g.name) AS agreed
OPTIONAL MATCH (m)-[:PRODUCED]->(d:Document)
WITH m, a, x, b, y, p, topics, agreed, collect(DISTINCT d.title) AS documents
OPTIONAL MATCH (m)-[:REPORTED_IN]->(r:Report)
WITH m, a, x, b, y, p, topics, agreed, documents, count(DISTINCT r) AS reports
RETURN m.iri AS meeting, m.when AS date, m.endDate AS end_date,
       CASE WHEN a:Person THEN a.name END AS who, x.office AS who_office, x.onBehalfOf AS who_state,
       CASE WHEN b:Person THEN b.name END AS whom, y.office AS whom_office, y.onBehalfOf AS whom_state,
       p.name AS place, m.format AS format,
       topics + coalesce(m.unmappedTopics, []) AS topics,
       agreed + coalesce(m.unmappedAgreed, []) AS agreed,
       documents, reports, m.status AS status
ORDER BY m.date DESC, meeting, who_state, who, whom_state, whom
